import { describe, expect, test } from 'vitest';
import type { AttributeId } from '../customer/attributes.ts';
import { entriesOf } from '../customer/by-attribute.ts';
import type { Json } from '../json.ts';
import { aBellyfatRow, lensOf, shippedLens } from './fixtures.ts';

const bellyfat = shippedLens('bellyfat');

describe('the items of a list', () => {
  test('each product, each right and each element that is not primary is a value of its own', () => {
    const { attributes, lists } = bellyfat.read(aBellyfatRow());
    expect(lists).toEqual(['phones', 'emails', 'addresses', 'products', 'rights']);
    const items = entriesOf(attributes).filter(([id]) => id.includes(':'));
    expect(items).toEqual([
      [
        'phones:["work","+12025550199"]',
        {
          fields: { 'phones[use="work",e164="+12025550199",primary=false]': { use: 'work', e164: '+12025550199' } },
          value: { use: 'work', number: '+12025550199' },
        },
      ],
      [
        'products:["KB-016",null]',
        {
          fields: {
            'products[sku="KB-016",serial=null]': {
              sku: 'KB-016',
              name: 'Kettlebell, 16 kg',
              purchasedAt: '2025-03-01',
              serial: null,
            },
          },
          value: { sku: 'KB-016', name: 'Kettlebell, 16 kg', purchasedAt: '2025-03-01' },
        },
      ],
      [
        'rights:["warranty","100017"]',
        {
          fields: {
            'rights[code="warranty",scope="100017"]': {
              code: 'warranty',
              scope: '100017',
              validFrom: '2025-03-01',
              validTo: null,
              status: 'active',
            },
          },
          value: { code: 'warranty', scope: '100017', validFrom: '2025-03-01', status: 'active' },
        },
      ],
    ]);
  });

  test('a list that is not there tells that there are no items', () => {
    const { products: _products, ...row } = aBellyfatRow();
    for (const each of [row, aBellyfatRow({ products: null }), aBellyfatRow({ products: [] })]) {
      const { attributes, lists } = bellyfat.read(each);
      expect(lists).toContain('products');
      expect(Object.keys(attributes).some((id) => id.startsWith('products'))).toBe(false);
    }
  });

  test('an item with an unreadable member asserts nothing, the others of its list do', () => {
    const products: Json[] = [
      { sku: 'A', serial: null, purchasedAt: 'last May' },
      { sku: 'B', serial: '17' },
    ];
    const { attributes, lists, unreadable } = bellyfat.read(aBellyfatRow({ products }));
    expect(attributes['products:["A",null]']).toHaveProperty('value', undefined);
    expect(attributes['products:["B","17"]']?.value).toEqual({ sku: 'B', serial: '17' });
    expect(lists).toContain('products');
    expect(unreadable).toMatchObject([{ path: 'products', code: 'not-an-item' }]);
  });

  test.each<[string, Json, string, string]>([
    ['a text in place of the list', 'KB-016', 'products', 'not-a-list'],
    ['a text in place of an element', ['KB-016'], 'products', 'not-an-object'],
    ['an element without what it is known by', [{ name: 'Kettlebell' }], 'products', 'no-key'],
    ['a number that it is known by', [{ sku: 'A', serial: 17 }], 'products', 'key-not-kept'],
    ['white space around what it is known by', [{ sku: ' A' }], 'products', 'key-not-kept'],
  ])('of %s the hub cannot tell which items are gone, so none is', (_, products, path, code) => {
    const { lists, unreadable } = bellyfat.read(aBellyfatRow({ products }));
    expect(lists).not.toContain('products');
    expect(unreadable).toMatchObject([{ path, code }]);
  });

  test('of two elements of one key the first counts and the other is reported', () => {
    const products: Json[] = [
      { sku: 'A', name: 'Scale' },
      { sku: 'A', serial: '', name: 'Other scale' },
    ];
    const { attributes, lists, unreadable } = bellyfat.read(aBellyfatRow({ products }));
    expect(attributes['products:["A",null]']?.value).toEqual({ sku: 'A', name: 'Scale' });
    expect(lists).toContain('products');
    expect(unreadable).toMatchObject([{ path: 'products', code: 'duplicate-item' }]);
  });

  test.each<[AttributeId, string]>([
    ['products:["A"]', 'not-an-item'],
    ['products:[null,null]', 'no-key'],
    ['products:[" A",null]', 'key-not-kept'],
    ['products:["A",  null]', 'key-not-kept'],
  ])('%s cannot be written: %s', (id, code) => {
    expect(bellyfat.write(id, 'person', null)).toMatchObject({ kind: 'inexpressible', code });
  });
});

test('what an item always is in a system need not be stored there', () => {
  const lens = lensOf({
    format: 1,
    system: 'shop',
    key: { path: 'id' },
    kind: { constant: 'person' },
    attributes: [{ attribute: 'email.primary', path: 'mail' }],
    lists: [
      {
        list: 'phones',
        path: 'mobiles',
        members: { use: { constant: 'mobile' }, number: { path: 'no' } },
      },
    ],
  });
  const id = 'phones:["mobile","+12025550143"]';
  expect(lens.read({ id: '1', mobiles: [{ no: '+12025550143' }] }).attributes[id]?.value).toEqual({
    use: 'mobile',
    number: '+12025550143',
  });
  expect(lens.write(id, 'person', { use: 'mobile', number: '+12025550143' })).toEqual({
    kind: 'written',
    fields: { 'mobiles[no="+12025550143"]': { no: '+12025550143' } },
  });
  expect(lens.write('phones:["work","+12025550143"]', 'person', null)).toMatchObject({ code: 'key-not-kept' });
});
