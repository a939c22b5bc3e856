import { modelAsShipped } from '../customer/model/model.ts';
import { describe, expect, test } from 'vitest';
import { validateMapping } from './validate-mapping.ts';

const valid = {
  format: 1,
  system: 'shop',
  key: { path: 'id' },
  kind: { constant: 'person' },
  attributes: [{ attribute: 'email.primary', path: 'mail' }] as object[],
};

function problemsOf(document: unknown): string[] {
  const validation = validateMapping(document, modelAsShipped);
  return validation.ok ? [] : validation.problems.map(({ path, code }) => `${path} ${code}`);
}

const name = { attribute: 'name', members: { family: { path: 'family' } } };
const birthDate = { attribute: 'birthDate', path: 'born' };

const mistakes: [string, unknown, string[]][] = [
  ['no object', 'mapping', [' not-an-object']],
  ['an unknown format', { ...valid, format: 2 }, ['/format bad-form']],
  ['a system code with a space', { ...valid, system: 'my shop' }, ['/system bad-form']],
  ['an unknown member', { ...valid, keys: 1 }, ['/keys unknown-member']],
  ['no key', { ...valid, key: undefined }, ['/key missing']],
  ['no kind', { ...valid, kind: undefined }, ['/kind missing']],
  ['a kind of no known form', { ...valid, kind: { is: 'person' } }, ['/kind bad-kind']],
  ['no attributes', { ...valid, attributes: [] }, ['/attributes bad-form']],
  ['a broken path of the key', { ...valid, key: { path: 'a..b' } }, ['/key/path bad-path']],
  [
    'a key of instants, a version of text and a time without steps',
    {
      ...valid,
      key: { path: 'id', steps: [{ step: 'epochSeconds' }] },
      version: { path: 'v', steps: [{ step: 'case', native: 'upper' }] },
      changedAt: { path: 't' },
    },
    ['/key/steps step-type', '/version/steps step-type', '/changedAt/steps step-type'],
  ],
  [
    'two codes for a kind and none named to write',
    { ...valid, kind: { path: 'k', codes: { P: 'person', Q: 'person', B: 'organization' } } },
    ['/kind/codes ambiguous-code'],
  ],
  [
    'a code to write that reads as the other kind',
    { ...valid, kind: { path: 'k', codes: { P: 'person', B: 'organization' }, writeAs: { person: 'B' } } },
    ['/kind/writeAs/person unknown-code'],
  ],
  [
    'paths of kinds that are none',
    { ...valid, kind: { present: { person: 'p[', organization: '__proto__' } } },
    ['/kind/present/person bad-path', '/kind/present/organization bad-path'],
  ],
  [
    'an element that no attribute uses',
    { ...valid, newElements: { 'phones[a=b]': { use: 'x' } } },
    ['/newElements/phones[a=b] unused-element'],
  ],
];

const entryMistakes: [string, object[], string[]][] = [
  ['an unknown attribute', [{ attribute: 'shoeSize', path: 'a' }], ['/attributes/0/attribute unknown-attribute']],
  ['an unknown step', [{ ...birthDate, steps: [{ step: 'guess' }] }], ['/attributes/0/steps/0/step unknown-step']],
  [
    'a step without its setting',
    [{ ...birthDate, steps: [{ step: 'cut' }] }],
    ['/attributes/0/steps/0/length missing'],
  ],
  ['neither path nor members', [{ attribute: 'name' }], ['/attributes/0 no-path']],
  ['path and members', [{ ...name, path: 'x' }], ['/attributes/0 path-and-members']],
  ['an address in one path', [{ attribute: 'address.primary', path: 'a' }], ['/attributes/0 needs-members']],
  ['a name of mere text', [{ attribute: 'name', path: 'a' }], ['/attributes/0/steps step-type']],
  [
    'members of a date',
    [{ attribute: 'birthDate', members: { day: { path: 'd' } } }],
    ['/attributes/0/members no-members'],
  ],
  [
    'a member that names do not have',
    [{ attribute: 'name', members: { nick: { path: 'n' } } }],
    ['/attributes/0/members/nick unknown-member'],
  ],
  [
    'a member from two places',
    [{ attribute: 'name', members: { family: { path: 'f', constant: 'Smith' } } }],
    ['/attributes/0/members/family one-source'],
  ],
  [
    'gaps in one path',
    [{ attribute: 'address.primary', members: { lines: { path: 'lines', gaps: true } } }],
    ['/attributes/0/members/lines/gaps no-gaps'],
  ],
  [
    'a name of constants',
    [{ attribute: 'name', members: { family: { constant: ' Smith' } } }],
    ['/attributes/0/members/family/constant white-space', '/attributes/0/members no-path'],
  ],
  [
    'several paths for a town, steps of a constant, steps beside members',
    [
      {
        attribute: 'address.primary',
        steps: [{ step: 'cut', length: 3 }],
        members: {
          lines: { constant: 'x' },
          locality: { paths: ['a', 'b'] },
          country: { constant: 'US', steps: [{ step: 'cut', length: 2 }] },
        },
      },
    ],
    [
      '/attributes/0/members/lines/constant constant-lines',
      '/attributes/0/members/locality/paths not-lines',
      '/attributes/0/members/country/steps unused-steps',
      '/attributes/0/steps unused-steps',
    ],
  ],
  [
    'steps whose types do not meet',
    [
      {
        ...birthDate,
        steps: [
          { step: 'date', format: 'yyyyMMdd' },
          { step: 'cut', length: 4 },
        ],
      },
    ],
    ['/attributes/0/steps/1 step-type'],
  ],
  [
    'a code table that cannot be written',
    [{ attribute: 'email.primary', path: 'm', steps: [{ step: 'codes', table: { A: 'x', B: 'x' } }] }],
    ['/attributes/0/steps/0/table ambiguous-code'],
  ],
  [
    'codes that booleans and numbers do not have',
    [
      {
        attribute: 'consent.marketing',
        path: 'c',
        steps: [{ step: 'codes', native: 'boolean', table: { true: 'yes', n: 'no' } }],
      },
      {
        attribute: 'lifecycle',
        path: 'l',
        steps: [{ step: 'codes', native: 'number', table: { 1: 'active', '02': 'dormant', x: 'former' } }],
      },
    ],
    [
      '/attributes/0/steps/0/table/n bad-code',
      '/attributes/1/steps/0/table/02 bad-code',
      '/attributes/1/steps/0/table/x bad-code',
    ],
  ],
  [
    'codes to write that the table does not have',
    [
      {
        attribute: 'lifecycle',
        path: 'l',
        steps: [
          { step: 'codes', table: { A: 'active', I: 'dormant' }, writeAs: { former: 'X', active: 'I', deceased: 'I' } },
        ],
      },
    ],
    ['/attributes/0/steps/0/writeAs/former unknown-code', '/attributes/0/steps/0/writeAs/active unknown-code'],
  ],
  [
    'an amount in one path, one without currency, and a count of text',
    [
      { attribute: 'creditLimit', path: 'a' },
      { attribute: 'lifetimeSpend', members: { amount: { path: 'b' } } },
      { attribute: 'points', path: 'p', steps: [{ step: 'scale', places: 2 }] },
    ],
    ['/attributes/0 needs-members', '/attributes/1/members lacks-member', '/attributes/2/steps step-type'],
  ],
  ['an attribute twice', [birthDate, { ...birthDate, path: 'born2' }], ['/attributes/1/attribute attribute-twice']],
  [
    'a path twice, within an entry and across entries',
    [
      birthDate,
      {
        attribute: 'address.primary',
        members: { lines: { paths: [{ number: 'born', street: 'street' }, 'street'] } },
      },
    ],
    ['/attributes/1/members/lines/paths/0/number path-twice', '/attributes/1/members/lines/paths/1 path-twice'],
  ],
];

describe('validateMapping', () => {
  test('accepts a document and fills in what it leaves out', () => {
    const validation = validateMapping(valid, modelAsShipped);
    expect(validation.ok && validation.mapping.attributes[0]).toEqual({
      attribute: 'email.primary',
      kinds: ['person', 'organization'],
      absent: 'cleared',
      path: 'mail',
      steps: [],
    });
  });

  test('accepts one entry for each kind, writing the same path', () => {
    const legal = { attribute: 'name', kinds: ['organization'], members: { legal: { path: 'family' } } };
    expect(problemsOf({ ...valid, attributes: [{ ...name, kinds: ['person'] }, legal] })).toEqual([]);
  });

  test.each(mistakes)('names %s', (_, document, problems) => {
    expect(problemsOf(document)).toEqual(problems);
  });

  test.each(entryMistakes)('names %s', (_, attributes, problems) => {
    expect(problemsOf({ ...valid, attributes })).toEqual(problems);
  });

  test('names mistakes of form and of meaning at once', () => {
    const attributes = [{ attribute: 'shoeSize', path: 'a' }, { attribute: 'name', path: 'b' }, birthDate, birthDate];
    expect(problemsOf({ ...valid, format: 7, attributes })).toEqual([
      '/format bad-form',
      '/attributes/0/attribute unknown-attribute',
      '/attributes/1/steps step-type',
      '/attributes/3/attribute attribute-twice',
      '/attributes/3/path path-twice',
    ]);
  });

  test('says in words where each mistake is and what is expected', () => {
    const validation = validateMapping(
      { ...valid, changedAt: { path: 't', steps: [{ step: 'personName' }] } },
      modelAsShipped,
    );
    expect(validation.ok ? [] : validation.problems).toEqual([
      {
        path: '/changedAt/steps',
        code: 'step-type',
        detail: 'The steps give a name, but an instant is needed here.',
      },
    ]);
  });
});
