import { describe, expect, it } from 'vitest';
import { matchKeys, maybeKeys } from './keys.ts';

const shareKey = (a: string[], b: string[]) => a.some((key) => b.includes(key));

describe('match keys', () => {
  const zoe = { name: [{ given: 'Zoë', middle: 'Quincy', family: 'McDonald' }] };

  it.each([
    {
      why: 'one e-mail and the name as a system in capitals cuts it',
      other: { 'email.primary': ['ZOE@example.com'], name: [{ given: 'Z', family: 'Mcdonald' }] },
      shares: true,
    },
    { why: 'one phone and the name', other: { 'phone.primary': ['+12025550143'], ...zoe }, shares: true },
    { why: 'one birth date and the full name', other: { birthDate: ['1980-02-29'], ...zoe }, shares: true },
    {
      why: 'one identifier, whatever the name',
      other: { 'identifier.national': ['53 04218'], name: [{ family: 'Other' }] },
      shares: true,
    },
    {
      why: 'one e-mail, but another name',
      other: { 'email.primary': ['zoe@example.com'], name: [{ given: 'Ann', family: 'McDonald' }] },
      shares: false,
    },
    { why: 'one name alone', other: { ...zoe }, shares: false },
  ])('$why: shares a key $shares', ({ other, shares }) => {
    const own = {
      ...zoe,
      'email.primary': ['Zoe@Example.com'],
      'phone.primary': ['+12025550143'],
      birthDate: ['1980-02-29'],
      'identifier.national': ['53 04218'],
    };
    expect(shareKey(matchKeys('person', own), matchKeys('person', other))).toBe(shares);
  });

  it('are texts of the kind, what is compared, and the value without case, accents and signs', () => {
    const said = {
      name: [{ given: 'Zoë', family: 'O’Brien-Smithson' }],
      'email.primary': ['Zoe@Example.com'],
      'phone.primary': ['+12025550143'],
      birthDate: ['1980-02-29'],
      'identifier.national': ['53 04218'],
    };
    expect(matchKeys('person', said)).toEqual([
      'person|birth+name|1980-02-29|obriensmithson|zoe',
      'person|email+name|zoe@example.com|obriensm|z',
      'person|identifier.national|53 04218',
      'person|phone+name|+12025550143|obriensm|z',
    ]);
  });

  it.each([
    { said: {}, of: 'a record that said nothing' },
    { said: { name: [{ given: 'Zoë', family: 'McDonald' }] }, of: 'a name alone' },
    { said: { 'phone.primary': ['+12025550143'], birthDate: ['1980-02-29'] }, of: 'a phone and a date without a name' },
    { said: { 'phone.primary': ['+12025550143'], name: [{ given: 'Zoë' }] }, of: 'a phone and a given name' },
    { said: { birthDate: ['1980-02-29'], name: [{ family: 'McDonald' }] }, of: 'a date and a family name' },
  ])('there is none of $of', ({ said }) => {
    expect(matchKeys('person', said)).toEqual([]);
  });

  it('a person and an organisation never share a key', () => {
    const said = {
      'email.primary': ['info@example.com'],
      'identifier.national': ['1'],
      name: [{ legal: 'Ann', family: 'Ann' }],
    };
    expect(shareKey(matchKeys('person', said), matchKeys('organization', said))).toBe(false);
  });

  it('an organisation is found by the part of its name that a cut leaves', () => {
    const whole = { 'phone.primary': ['+12025550143'], name: [{ legal: 'Blue Harbor Logistics and Sons' }] };
    const cut = { 'phone.primary': ['+12025550143'], name: [{ legal: 'Blue Harbor Logistics An' }] };
    expect(shareKey(matchKeys('organization', whole), matchKeys('organization', cut))).toBe(true);
  });

  it('an edited phone keeps the keys of the old one, so the customer is not torn apart', () => {
    const before = matchKeys('person', { ...zoe, 'phone.primary': ['+12025550143'] });
    const after = matchKeys('person', { ...zoe, 'phone.primary': ['+12025550143', '+12025550111'] });
    expect(after).toEqual(expect.arrayContaining(before));
  });

  it('an organisation is no namesake of itself: its name and a date alone make no match', () => {
    const said = { birthDate: ['1980-02-29'], name: [{ legal: 'Blue Harbor' }] };
    expect(matchKeys('organization', said)).toEqual([]);
  });
});

describe('keys of a possible duplicate', () => {
  const zoe = { name: [{ given: 'Zoë', family: 'McDonald' }] };
  const own = {
    ...zoe,
    'email.primary': ['Zoe@Example.com'],
    'phone.primary': ['+12025550143'],
    'address.primary': [{ postalCode: '62701-0012' }],
    birthDate: ['1980-02-29'],
  };

  it.each([
    { why: 'one e-mail alone', other: { 'email.primary': ['ZOE@example.com'] }, shares: true },
    { why: 'one phone alone', other: { 'phone.primary': ['+12025550143'] }, shares: true },
    {
      why: 'one full name in one postal area',
      other: { name: [{ given: 'ZOE', family: 'MCDONALD' }], 'address.primary': [{ postalCode: '62701' }] },
      shares: true,
    },
    {
      why: 'one family name and birth date, the given name unlike',
      other: { name: [{ given: 'Ann', family: 'McDonald' }], birthDate: ['1980-02-29'] },
      shares: true,
    },
    {
      why: 'an initial for the given name in one postal area',
      other: { name: [{ family: 'McDonald' }], 'address.primary': [{ postalCode: '62701' }] },
      shares: false,
    },
    {
      why: 'one full name in another town',
      other: { ...zoe, 'address.primary': [{ postalCode: '60611' }] },
      shares: false,
    },
    { why: 'one name, the address unknown', other: { ...zoe, 'address.primary': [{}] }, shares: false },
    { why: 'one birth date, no name', other: { name: [{ given: 'Zoë' }], birthDate: ['1980-02-29'] }, shares: false },
  ])('$why: a possible duplicate $shares', ({ other, shares }) => {
    expect(shareKey(maybeKeys('person', own), maybeKeys('person', other))).toBe(shares);
  });

  it('are texts of the kind, what is compared, and the value', () => {
    expect(maybeKeys('person', own)).toEqual([
      'person|email|zoe@example.com',
      'person|family+birth|mcdonald|1980-02-29',
      'person|name+postal|mcdonald|zoe|62701',
      'person|phone|+12025550143',
    ]);
  });

  it('a name alone has none', () => {
    expect(maybeKeys('person', zoe)).toEqual([]);
    expect(
      maybeKeys('organization', { 'address.primary': [{ postalCode: '60611' }], name: [{ tradingAs: 'B' }] }),
    ).toEqual([]);
  });

  it('two organisations of one legal name in one postal area are a possible duplicate, by name alone they are not', () => {
    const one = { name: [{ legal: 'Blue Harbor Logistics' }], 'address.primary': [{ postalCode: '60611' }] };
    const other = { ...one, name: [{ legal: 'BLUE HARBOR LOGISTICS' }], birthDate: ['1980-02-29'] };
    expect(shareKey(maybeKeys('organization', one), maybeKeys('organization', other))).toBe(true);
    expect(maybeKeys('organization', { ...other, 'address.primary': [] })).toEqual([]);
  });

  it('without any value that a key is made of there is none', () => {
    expect(maybeKeys('person', {})).toEqual([]);
  });

  it('a person and an organisation are no possible duplicates', () => {
    const other = maybeKeys('organization', { ...own, name: [{ legal: 'Zoë McDonald' }] });
    expect(shareKey(maybeKeys('person', own), other)).toBe(false);
  });

  it('a possible duplicate is no match: the keys of the two kinds are never equal', () => {
    expect(shareKey(maybeKeys('person', own), matchKeys('person', own))).toBe(false);
  });
});
