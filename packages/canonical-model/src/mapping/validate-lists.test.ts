import { modelAsShipped } from '../customer/model/model.ts';
import { expect, test } from 'vitest';
import { validateMapping } from './validate-mapping.ts';

const valid = {
  format: 1,
  system: 'shop',
  key: { path: 'id' },
  kind: { constant: 'person' },
  attributes: [{ attribute: 'email.primary', path: 'mail' }],
};

const products = { list: 'products', path: 'goods', members: { sku: { path: 'sku' } } };

const listMistakes: [string, object[], string[]][] = [
  ['an unknown list', [{ ...products, list: 'shoes' }], ['/lists/0/list unknown-list']],
  ['a setting that lists do not have', [{ ...products, kinds: ['person'] }], ['/lists/0/kinds unknown-member']],
  ['a list that is unknown when absent', [{ ...products, absent: 'unknown' }], ['/lists/0/absent bad-form']],
  ['a broken path', [{ ...products, path: 'a..b' }], ['/lists/0/path bad-path']],
  ['a path to one element', [{ ...products, path: 'goods[a=b]' }], ['/lists/0/path not-a-list']],
  [
    'conditions on what is no member, or on what is mapped',
    [{ ...products, where: { 'a.b': 1, 'c,d': 2, __proto__x: true, constructor: 'x', sku: 'A' } }],
    [
      '/lists/0/where/a.b not-a-member',
      '/lists/0/where/c,d not-a-member',
      '/lists/0/where/constructor not-a-member',
      '/lists/0/members/sku/path path-twice',
    ],
  ],
  [
    'members of other lists, from nowhere, from deeper, from two places and from one place twice',
    [
      {
        ...products,
        members: {
          sku: { path: 'sku' },
          use: { path: 'use' },
          name: {},
          serial: { path: 'made.no' },
          purchasedAt: { path: 'sku', constant: '2025-03-01' },
        },
      },
      { list: 'rights', path: 'rights', members: { code: { path: 'a' }, scope: { path: 'a' } } },
    ],
    [
      '/lists/0/members/use unknown-member',
      '/lists/0/members/name one-source',
      '/lists/0/members/serial/path not-a-member',
      '/lists/0/members/purchasedAt one-source',
      '/lists/0/members/purchasedAt/path path-twice',
      '/lists/1/members/scope/path path-twice',
    ],
  ],
  [
    'steps that do not fit, steps of a constant, constant lines, and a key that is read with loss',
    [
      {
        list: 'addresses',
        path: 'places',
        members: {
          use: { path: 'use', steps: [{ step: 'codes', table: { H: 'home' }, otherwise: 'other' }] },
          lines: { constant: 'x' },
          locality: { path: 'town', steps: [{ step: 'epochSeconds' }] },
          country: { constant: ' US', steps: [{ step: 'cut', length: 2 }] },
        },
      },
    ],
    [
      '/lists/0/members/use/steps/0 lossy-key',
      '/lists/0/members/lines/constant constant-lines',
      '/lists/0/members/locality/steps step-type',
      '/lists/0/members/country/steps unused-steps',
      '/lists/0/members/country/constant white-space',
    ],
  ],
  [
    'items that nothing tells apart, or without what they are',
    [
      { ...products, members: { sku: { constant: 'A' } } },
      { list: 'rights', path: 'rights', members: { scope: { path: 'scope' } } },
    ],
    ['/lists/0/members no-key', '/lists/1/members lacks-member'],
  ],
  [
    'a list twice and a place twice',
    [
      products,
      { ...products, path: 'more' },
      { list: 'rights', path: 'goods', members: { code: { path: 'code' } } },
      { list: 'phones', path: 'goods', where: { a: 1 }, members: { number: { path: 'no' } } },
    ],
    ['/lists/1/list list-twice', '/lists/2/path path-twice'],
  ],
];

test('a list needs no more than its path and members', () => {
  const validation = validateMapping({ ...valid, lists: [products] }, modelAsShipped);
  expect(validation.ok && validation.mapping.lists).toEqual([
    { ...products, where: {}, absent: 'cleared', members: { sku: { path: 'sku', steps: [] } } },
  ]);
});

test.each(listMistakes)('of the lists of a mapping document it names %s', (_, lists, problems) => {
  const validation = validateMapping({ ...valid, lists }, modelAsShipped);
  expect(validation.ok ? [] : validation.problems.map(({ path, code }) => `${path} ${code}`)).toEqual(problems);
});
