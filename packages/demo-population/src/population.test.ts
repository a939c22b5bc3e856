import { expect, test } from 'vitest';
import { type DemoCopy, demoCopies, type DemoSystem } from './demo-copies.ts';
import { population, type Truth } from './population.ts';

const systems: DemoSystem[] = ['adipose', 'bellyfat'];
const byTruth = (copies: DemoCopy[]) => new Map(copies.map((copy) => [copy.customer.truth, copy]));
const pairs = () => {
  const others = byTruth(demoCopies('bellyfat'));
  return demoCopies('adipose').flatMap((a) => {
    const b = others.get(a.customer.truth);
    return b ? [[a, b] as const] : [];
  });
};
const contacts = ({ phone, secondPhone, email, moved }: Truth) =>
  [phone, secondPhone, email?.toLowerCase(), moved.phone, moved.email.toLowerCase()].filter((each) => each != null);
const nameOf = (who: Truth) => (who.kind === 'person' ? [who.given, who.middle, who.family] : [who.legalName]);

test('the same seed gives the same customers, another seed gives others', () => {
  expect(population({ seed: 7, size: 50 })).toEqual(population({ seed: 7, size: 50 }));
  expect(population({ seed: 8, size: 50 })).not.toEqual(population({ seed: 7, size: 50 }));
});

test('nobody shares a phone or an e-mail, now or after moving', () => {
  const all = population({ seed: 3, size: 1000 }).flatMap(contacts);
  expect(new Set(all).size).toBe(all.length);
});

test('phones are of the fictional range and e-mails of the example domains', () => {
  for (const { phone, moved, email } of population({ seed: 3, size: 500 })) {
    expect(moved.phone).toMatch(/^\+1[2-9]\d\d55501\d\d$/);
    if (phone) expect(phone).toMatch(/^\+1[2-9]\d\d55501\d\d$/);
    if (email) expect(email).toMatch(/^[A-Za-z.]+\d+@example\.(com|org|net)$/i);
  }
});

test('about a tenth are organisations', () => {
  const organizations = population({ seed: 3, size: 1000 }).filter((who) => who.kind === 'organization');
  expect(organizations.length).toBeGreaterThan(70);
  expect(organizations.length).toBeLessThan(130);
});

test('each system has 200 customers, 150 of them in both', () => {
  for (const system of systems) expect(byTruth(demoCopies(system)).size).toBe(200);
  expect(pairs().length).toBe(150);
});

test('each shared customer is recognised by its name with its phone or its e-mail', () => {
  for (const [{ customer: a }, { customer: b }] of pairs()) {
    expect(nameOf(a)).toEqual(nameOf(b));
    expect((a.phone !== null && a.phone === b.phone) || (a.email !== null && a.email === b.email)).toBe(true);
  }
});

test('about a fifth of the shared customers have moved in exactly one attribute, known to the later copy', () => {
  const differing = pairs().map(([{ customer: a }, { customer: b }]) =>
    (['phone', 'email', 'address'] as const).filter((what) => JSON.stringify(a[what]) !== JSON.stringify(b[what])),
  );
  expect(differing.every((whats) => whats.length <= 1)).toBe(true);
  const moved = differing.filter((whats) => whats.length === 1).length;
  expect(moved).toBeGreaterThan(20);
  expect(moved).toBeLessThan(40);
  for (const [a, b] of pairs()) {
    const [older, newer] = a.changedAt < b.changedAt ? [a.customer, b.customer] : [b.customer, a.customer];
    const { phone, email, address, moved } = older;
    expect([moved.phone, phone]).toContainEqual(newer.phone);
    expect([moved.email, email]).toContainEqual(newer.email);
    expect([moved.address, address]).toContainEqual(newer.address);
  }
});

test('the two systems agree on phase and consent wherever both know, and only BellyFat was not told of a consent', () => {
  for (const [a, b] of pairs()) {
    expect(b.phase).toBe(a.phase);
    expect([null, a.consent]).toContain(b.consent);
  }
  expect(pairs().some(([, b]) => b.consent === null)).toBe(true);
  expect(new Set(demoCopies('adipose').map(({ consent }) => consent))).toEqual(new Set([true, false]));
});

test('who has an account in Adipose is active; of the others some are not', () => {
  expect(demoCopies('adipose').filter(({ phase }) => phase !== 'active')).toEqual([]);
  const phases = demoCopies('bellyfat').map(({ phase }) => phase);
  expect(new Set(phases)).toEqual(new Set(['prospect', 'active', 'dormant', 'former']));
});

test('the copies were changed within the two years before the end of October 2026, at different times', () => {
  for (const copy of systems.flatMap(demoCopies)) {
    expect(copy.changedAt).toBeGreaterThan(Date.UTC(2024, 9, 31));
    expect(copy.changedAt).toBeLessThanOrEqual(Date.UTC(2026, 9, 30));
  }
  for (const [a, b] of pairs()) expect(Math.abs(a.changedAt - b.changedAt)).toBeGreaterThanOrEqual(3_600_000);
});

test('a family name leaves room for the beginning of the given name in 24 characters', () => {
  const families = population({ seed: 3, size: 1000 }).flatMap((who) => (who.kind === 'person' ? who.family : []));
  expect(families.filter((family) => family.length > 20)).toEqual([]);
});

test('the order in which a system met its customers says nothing about who they are', () => {
  const [a = [], b = []] = systems.map((system) => demoCopies(system).map((copy) => copy.customer.truth));
  expect(a.filter((truth, place) => truth === b[place]).length).toBeLessThan(10);
  for (const order of [a, b]) expect(order).not.toEqual([...order].sort((x, y) => x - y));
});

test('six live with a parent of their own name and read the same mailbox: one question each, and none about whom one system alone knows', () => {
  const both = pairs().map(([{ customer }]) => customer);
  const mailboxes = Map.groupBy(both, ({ email }) => email?.toLowerCase());
  const families = [...mailboxes].filter(([email, readers]) => email !== undefined && readers.length > 1);
  expect(families.length).toBe(6);
  for (const [, [one, other]] of families) {
    expect(nameOf(one!)).toEqual(nameOf(other!));
    const years = [one!, other!].map((who) => Number(who.kind === 'person' && who.birthDate.slice(0, 4)));
    expect(Math.abs(years[0]! - years[1]!)).toBe(26);
    expect(one!.phone).not.toBe(other!.phone);
  }
});
