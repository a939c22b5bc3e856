import { expect, test } from 'vitest';
import { households, sureContradictions } from './index.ts';
import { cultures } from './truth.ts';

const records = households({ seed: 16, people: 900 });

test('the same seed gives the same households, another seed gives others', () => {
  const said = (seed: number) => households({ seed, people: 60 }).map(({ key, said }) => [key, said]);
  expect(said(7)).toEqual(said(7));
  expect(said(8)).not.toEqual(said(7));
});

test('twelve cultures live in all kinds of houses, and each is in one to three records', () => {
  expect(new Set(records.map(({ of }) => of.culture)).size).toBe(cultures.length);
  expect(cultures).toHaveLength(12);
  expect(new Set(records.map(({ of }) => of.setting)).size).toBe(11);
  const copies = [...Map.groupBy(records, ({ of }) => of.truth).values()].map(({ length }) => length);
  expect([...new Set(copies)].sort()).toEqual([1, 2, 3]);
});

test('no phone is one that anybody could have, and no mailbox is of a real domain', () => {
  for (const { said } of records) {
    for (const phone of said['phone.primary'] ?? [])
      expect(phone).toMatch(/^\+(33|34|39|44|46|48|49|81|86|90|91|212)0\d{8}$/);
    for (const email of said['email.primary'] ?? []) expect(email).toMatch(/(\.example|@example\.(com|org))$/);
  }
});

test('who has a namesake at home gives the birth date', () => {
  const byName = Map.groupBy(
    records.filter(({ of }) => of.kind === 'person'),
    ({ of }) => of.kind === 'person' && `${of.group} ${of.given} ${of.family}`,
  );
  const shared = [...byName.values()].filter((group) => new Set(group.map(({ of }) => of.truth)).size > 1).flat();
  expect(shared.length).toBeGreaterThan(20);
  expect(shared.filter(({ said }) => !said.birthDate)).toEqual([]);
});

test('records of one person contradict each other in nothing that is surely so', () => {
  for (const own of Map.groupBy(records, ({ of }) => of.truth).values())
    for (const other of own) expect(sureContradictions(own[0]!, other)).toBe(0);
});

test('most of the records of one person share more than the name', () => {
  const keys = ['birthDate', 'phone.primary', 'email.primary', 'identifier.national', 'address.primary'] as const;
  const pairs = [...Map.groupBy(records, ({ of }) => of.truth).values()].filter(({ length }) => length > 1);
  const alone = pairs.filter(([a, b]) =>
    keys.every((key) => JSON.stringify(a!.said[key] ?? 0) !== JSON.stringify(b!.said[key] ?? 1)),
  );
  expect(alone.length / pairs.length).toBeLessThan(0.06);
});
