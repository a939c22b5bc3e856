import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { cluster, nameClusters, type Clusterable } from './cluster.ts';
import { matchKeys } from './keys.ts';

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
});

describe('clusters', () => {
  const record = (recordId: number, keys: string[], follows: number | null = null): Clusterable => ({
    recordId,
    keys,
    follows,
  });

  it('records connected through others are one customer; a record that the hub made follows its founder', () => {
    expect(
      cluster([record(1, ['a']), record(2, ['a', 'b']), record(3, ['b']), record(4, []), record(5, [], 4)]),
    ).toEqual([
      [1, 2, 3],
      [4, 5],
    ]);
  });

  it('the order of the records changes nothing', () => {
    const records = fc.uniqueArray(
      fc.record({
        recordId: fc.nat(30),
        keys: fc.array(fc.constantFrom('a', 'b', 'c', 'd', 'e'), { maxLength: 2 }),
        follows: fc.constant(null),
      }),
      { selector: (one) => one.recordId, maxLength: 12 },
    );
    const shuffled = records.chain((list) =>
      fc.shuffledSubarray(list, { minLength: list.length }).map((other) => ({ list, other })),
    );
    fc.assert(
      fc.property(shuffled, ({ list, other }) => {
        expect(cluster(other)).toEqual(cluster(list));
      }),
    );
  });

  it('a cluster is the customer of its founding record; of two the one founded first; without any a new one', () => {
    const founded = [
      { customerId: 7, founder: 3 },
      { customerId: 8, founder: 1 },
    ];
    expect(nameClusters([[1, 2, 3], [4]], founded)).toEqual([
      { customerId: 7, founder: 3, records: [1, 2, 3] },
      { customerId: null, founder: 4, records: [4] },
    ]);
  });
});
