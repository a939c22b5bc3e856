import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { propertyRuns } from '../facts/fixtures.ts';
import { adipose, bellyfat, day, losses, minute, SourceRecord, survivedBy } from './fixtures.ts';
import type { Rule } from './rules.ts';
import { nextCrossing, trustAt, type TrustCurve } from './trust.ts';

const phone = 'phone.primary';
const days = (count: number) => (count * day) / minute;

describe('trust with decay (rule 18)', () => {
  const rule: Rule = {
    strategy: 'trust',
    concurrent: 'decide',
    systems: {
      adipose: { initial: 90, floor: 10, decayDays: 80 },
      bellyfat: { initial: 50, floor: 50, decayDays: 1 },
    },
  };
  const records = () => [adipose().came(phone, '+1', 0), bellyfat().came(phone, '+2', 0)];

  it('the more trusted value wins until trust in it has fallen, and the instant is told beforehand', () => {
    const now = survivedBy(rule, phone, records(), { asOf: days(39) });
    expect(now.attributes[phone]).toMatchObject({ value: '+1', rule: 'trust' });
    expect(losses(now.attributes[phone])).toEqual([[2, 'outranked']]);
    // Equal after 40 days: then the ladder decides, and a millisecond later trust does.
    expect(now.recheckAt).toBe(40 * day);
    const equal = survivedBy(rule, phone, records(), { asOf: days(40) });
    expect(equal.attributes[phone]).toMatchObject({ value: '+2', losers: [{ why: 'tie' }] });
    expect(equal.recheckAt).toBe(40 * day + 1);
    const later = survivedBy(rule, phone, records(), { asOf: days(41) });
    expect(later.attributes[phone]!.value).toBe('+2');
    expect(later.recheckAt).toBeNull();
  });

  it('a value said anew, or lent a later time by a copy, is trusted anew', () => {
    const [a, b] = records();
    a!.changed(phone, '+1', days(30));
    expect(survivedBy(rule, phone, [a!, b!], { asOf: days(60) }).attributes[phone]!.value).toBe('+1');
    const address = (record: SourceRecord, text: string, at: number) =>
      record.came('address.primary', { lines: [text] }, at);
    const trusts: Rule = {
      ...rule,
      systems: { bellyfat: { initial: 90, floor: 0, decayDays: 10 }, third: { initial: 50, floor: 50, decayDays: 1 } },
    };
    const told = [address(bellyfat(), '12 Main Street', 0), address(new SourceRecord('third', 3), '9 Oak', 0)];
    const aged = survivedBy(trusts, 'address.primary', told, { asOf: days(10) });
    expect(aged.attributes['address.primary']!.from.recordId).toBe(3);
    told.push(address(adipose(), '12 Ma', days(9)));
    const lent = survivedBy(trusts, 'address.primary', told, { asOf: days(10) });
    expect(lent.attributes['address.primary']!.from.recordId).toBe(2);
    expect(lent.recheckAt).toBe(days(9) * minute + (40 / 90) * 10 * day);
  });

  it('a system that the rule does not name is not trusted', () => {
    const third = new SourceRecord('third', 3).came(phone, '+3', days(50));
    expect(survivedBy(rule, phone, [...records(), third], { asOf: days(50) }).attributes[phone]!.value).toBe('+2');
  });

  it('values of one text never change places', () => {
    const same = [adipose().came(phone, '+1', 0), bellyfat().came(phone, '+1', 0)];
    expect(survivedBy(rule, phone, same, { asOf: days(1) }).recheckAt).toBeNull();
  });

  it.each([
    [-5, 90],
    [0, 90],
    [40, 50],
    [80, 10],
    [500, 10],
  ])('after %i days trust stands at %i', (at, trust) => {
    expect(trustAt({ initial: 90, floor: 10, from: 0, until: 80 * day }, at * day)).toBe(trust);
  });

  it('two that cross several times next change places at the first of them', () => {
    const slow = { initial: 10, floor: 0, from: 0, until: 40 };
    const late = { initial: 9, floor: 0, from: 10, until: 20 };
    // Equal at 4, then the slow one is below, and from 13 on above again.
    expect(nextCrossing(slow, late, 0)).toBe(4);
    expect(nextCrossing(late, slow, 0)).toBe(4);
    expect(nextCrossing(slow, late, 5)).toBe(13);
  });

  it('nothing changes places before the crossing, and at it something does', () => {
    const level = fc.nat(20);
    const curve = fc
      .record({ high: level, low: level, from: fc.nat(40), lasts: fc.integer({ min: 1, max: 40 }) })
      .map(({ high, low, from, lasts }): TrustCurve => ({
        initial: Math.max(high, low),
        floor: Math.min(high, low),
        from,
        until: from + lasts,
      }));
    fc.assert(
      fc.property(curve, curve, fc.nat(60), (a, b, after) => {
        const standing = (instant: number) => Math.sign(trustAt(a, instant) - trustAt(b, instant));
        const ahead = Array.from({ length: 120 }, (_, index) => after + 1 + index);
        expect(nextCrossing(a, b, after)).toBe(ahead.find((instant) => standing(instant) !== standing(after)) ?? null);
      }),
      propertyRuns,
    );
  });
});

describe('the gate of validity', () => {
  const gated = (valid: object): Rule => ({ strategy: 'most-recent', concurrent: 'decide', valid });

  it('a value that does not match is no candidate while another does', () => {
    const records = [adipose().came(phone, '+12', 10), bellyfat().came(phone, '+1x', 20)];
    const { attributes, recheckAt } = survivedBy(gated({ pattern: '^\\+\\d+$' }), phone, records);
    expect(attributes[phone]!.value).toBe('+12');
    expect(losses(attributes[phone])).toEqual([[2, 'not-valid']]);
    expect(recheckAt).toBeNull();
  });

  it('where none matches all are candidates', () => {
    const records = [adipose().came(phone, 'a', 10), bellyfat().came(phone, 'b', 20)];
    const { attributes } = survivedBy(gated({ pattern: '^\\d+$' }), phone, records);
    expect(attributes[phone]).toMatchObject({ value: 'b', losers: [{ why: 'older' }] });
  });

  it('an empty value is not wrong, a text too long to look at is', () => {
    const records = [adipose().came(phone, '1', 10), bellyfat().came(phone, null, 20)];
    expect(survivedBy(gated({ pattern: '^\\d+$' }), phone, records).attributes[phone]!.value).toBeNull();
    records[1]!.came(phone, '1'.repeat(201), 20);
    expect(survivedBy(gated({ pattern: '^\\d+$' }), phone, records).attributes[phone]!.value).toBe('1');
    records[1]!.came(phone, '1'.repeat(200), 20);
    expect(survivedBy(gated({ pattern: '^\\d+$' }), phone, records).attributes[phone]!.value).toHaveLength(200);
  });

  it('a pattern counts characters, not code units', () => {
    const id = 'identifier.national';
    const records = [adipose().came(id, '😀', 10), bellyfat().came(id, 'abc', 20)];
    expect(survivedBy(gated({ pattern: '^.$' }), id, records).attributes[id]!.value).toBe('😀');
  });

  it('a gate by age alone looks at no text', () => {
    const records = [adipose().came(phone, '1', 10), bellyfat().came(phone, '1'.repeat(201), 20)];
    expect(survivedBy(gated({ maxAgeDays: 10 }), phone, records).attributes[phone]!.value).toHaveLength(201);
  });

  it('a value grows too old at an instant that is told beforehand', () => {
    const rule: Rule = { strategy: 'source-priority', order: ['adipose'], valid: { maxAgeDays: 10 } };
    const records = [adipose().came(phone, '+1', 0), bellyfat().came(phone, '+2', days(5))];
    const young = survivedBy(rule, phone, records, { asOf: days(10) });
    expect(young).toMatchObject({ attributes: { [phone]: { value: '+1' } }, recheckAt: 10 * day + 1 });
    const old = survivedBy(rule, phone, records, { asOf: days(10) + 1 });
    expect(old).toMatchObject({ attributes: { [phone]: { value: '+2' } }, recheckAt: 15 * day + 1 });
    const both = survivedBy(rule, phone, records, { asOf: days(16) });
    expect(both).toMatchObject({ attributes: { [phone]: { value: '+1' } }, recheckAt: null });
    expect(survivedBy(rule, phone, records.slice(0, 1), { asOf: days(10) }).recheckAt).toBeNull();
  });

  it('the owner’s own values are gated among themselves', () => {
    const rule: Rule = { strategy: 'owner', system: 'bellyfat', valid: { pattern: '^\\d+$' } };
    const records = [
      adipose().came(phone, '1', 10),
      bellyfat(2).came(phone, 'x', 30),
      bellyfat(3).came(phone, '3', 20),
    ];
    expect(survivedBy(rule, phone, records).attributes[phone]!.value).toBe('3');
    expect(survivedBy(rule, phone, records.slice(0, 2)).attributes[phone]!.value).toBe('x');
    const silent = [adipose().came(phone, '1', 10), new SourceRecord('third', 3).came(phone, 'x', 30)];
    expect(survivedBy(rule, phone, silent).attributes[phone]!.value).toBe('1');
  });
});
