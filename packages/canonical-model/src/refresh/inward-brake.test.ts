import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { inboundUsualMs, inboundWindowMs, inwardAllowance, subjectsChanged, usualOf } from './inward-brake.ts';
import { defaultLimits } from './limits.ts';

const change = (attribute: 'email.primary' | 'name', from: object | string, to: object | string | null) => {
  return { position: '1', attribute, from, to } as Parameters<typeof subjectsChanged>[0][number];
};

describe('the inward brake (rule 31)', () => {
  it.each([
    { population: 3, usual: 0, allowed: 5 },
    { population: 60, usual: 0, allowed: 5 },
    { population: 5_000, usual: 0, allowed: 50 },
    { population: 5_000, usual: 1_000, allowed: 2_000 },
  ])('of $population records, $usual of them usually, $allowed may change', ({ population, usual, allowed }) => {
    expect(inwardAllowance({ subject: 'name', population, usual }, defaultLimits)).toBe(allowed);
  });

  it('a third may become of another kind: each is written to, leaves its customer, and a row is made for both', () => {
    const may = (population: number) => inwardAllowance({ subject: 'kind', population, usual: 0 }, defaultLimits);
    expect([60, 5_000].map(may)).toEqual([1, 16]);
  });

  it('another spelling in case and accents is no other value, an emptied one is', () => {
    expect(subjectsChanged([change('email.primary', 'Zoe@Example.com', 'zoe@example.com')])).toEqual(new Set());
    expect(subjectsChanged([change('name', { given: 'Zoë' }, { given: 'ZOE' })])).toEqual(new Set());
    expect(subjectsChanged([change('email.primary', 'a@example.com', null)])).toEqual(new Set(['email.primary']));
    expect(subjectsChanged([change('name', { given: 'Zoë' }, { given: 'Zora' })])).toEqual(new Set(['name']));
  });

  it('a few busy days are no custom yet, the same on most days is', () => {
    expect(usualOf([])).toBe(0);
    expect(usualOf([150])).toBe(50);
    expect(usualOf([150, 2, 3, 1])).toBe(39);
    expect(usualOf([1_000, 1_000, 1_000])).toBe(1_000);
  });

  it.each([60, 5_000])('an ordinary year of %i records is held at most once a month', (population) => {
    const random = seeded(population);
    const days: number[] = [];
    const held: number[] = [];
    for (let day = 0; day < 365; day += 1) {
      const windows = (12 * 60 * 60_000) / inboundWindowMs;
      // Single edits all day, of which one attribute gets 0.05 % of the records; at night a load with 0.1 to 0.5 %; a campaign with 3 %.
      const edits = Array.from({ length: windows }, () => (random() < (population * 0.0005) / windows ? 1 : 0));
      const night = Math.round(population * (0.001 + 0.004 * random()));
      const campaign = day % 91 === 45 ? Math.round(population * 0.03) : 0;
      const peak = Math.max(...edits, night, campaign);
      const usual = usualOf(days.slice(-inboundUsualMs / (24 * 60 * 60_000)));
      if (peak > inwardAllowance({ subject: 'name', population, usual }, defaultLimits)) held.push(day);
      if (peak > 0) days.push(peak);
    }
    expect(held.length).toBeLessThanOrEqual(4);
  });

  it('whatever was usual, five always pass, and never is less let in where more was usual', () => {
    fc.assert(
      fc.property(fc.nat(100_000), fc.nat(5_000), (population, usual) => {
        const allowed = inwardAllowance({ subject: 'name', population, usual }, defaultLimits);
        expect(allowed).toBeGreaterThanOrEqual(
          Math.max(5, inwardAllowance({ subject: 'name', population, usual: 0 }, defaultLimits)),
        );
      }),
    );
  });
});

function seeded(seed: number): () => number {
  let state = seed;
  return () => (state = (state * 48_271) % 2_147_483_647) / 2_147_483_647;
}
