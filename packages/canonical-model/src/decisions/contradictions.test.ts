import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { linksBetween } from './chains.ts';
import { contradictions, type DecisionContext } from './contradictions.ts';
import type { Decision, Link, NotSame, Proposed } from './decision.ts';

const noon = 1_000_000;
const alone: DecisionContext = { customers: [], asOf: noon };
const phone = 'phone.primary';

const link = (decisionId: number, a: number, b: number): Link => ({ kind: 'link', decisionId, records: [a, b] });
const notSame = (decisionId: number, a: number, b: number): NotSame => ({
  ...link(decisionId, a, b),
  kind: 'not-same',
});
const exclude = (decisionId: number, recordId: number) => ({
  kind: 'exclude' as const,
  decisionId,
  recordId,
  beside: null,
});

function pin(decisionId: number, recordId: number, more: { attribute?: 'name'; until?: number } = {}) {
  return { kind: 'pin' as const, decisionId, attribute: phone, recordId, value: '+1', at: 0, until: null, ...more } as const; // prettier-ignore
}

/** A choice for the first record’s assertion, against the others. */
function choice(
  decisionId: number,
  [chosen, ...others]: [number, ...number[]],
  attribute: 'name' | typeof phone = phone,
) {
  const ref = (recordId: number) => ({ recordId, position: 'p' });
  return { kind: 'choice' as const, decisionId, attribute, chosen: ref(chosen), basis: [chosen, ...others].map(ref) };
}

const idsOf = (proposed: Proposed<Decision>, standing: readonly Decision[], context = alone) =>
  contradictions(proposed, standing, context).map((decision) => decision.decisionId);

describe('a decision that contradicts standing ones (rule 16)', () => {
  it('the same contradicts not the same of these two, whichever was named first, and of no others', () => {
    const standing = [notSame(1, 8, 7), notSame(2, 7, 9), link(3, 7, 9), pin(4, 7), choice(5, [7, 8])];
    expect(idsOf(link(9, 7, 8), standing)).toEqual([1]);
    expect(idsOf(link(9, 8, 7), standing)).toEqual([1]);
  });

  it('the same contradicts a not-same between what belongs with either: by link, or as their customers are now', () => {
    const standing = [link(1, 1, 2), link(2, 2, 3), notSame(3, 3, 11), notSame(4, 3, 20), notSame(5, 12, 20)];
    const context = { ...alone, customers: [[10, 11], [12]] };
    expect(idsOf(link(9, 1, 10), standing, context)).toEqual([3]);
    expect(idsOf(link(9, 10, 1), standing, context)).toEqual([3]);
  });

  it('not the same contradicts the links that make one of the two, be it through others, and leaves those beside', () => {
    const standing = [link(4, 3, 2), link(1, 1, 2), link(2, 2, 9), link(3, 20, 21), notSame(5, 1, 20)];
    expect(idsOf(notSame(9, 1, 3), standing)).toEqual([1, 4]);
    expect(idsOf(notSame(9, 3, 21), standing)).toEqual([]);
  });

  it('not the same names links of every chain from one to the other', () => {
    const standing = [link(1, 1, 2), link(2, 2, 3), link(3, 1, 4), link(4, 4, 3), link(5, 1, 3)];
    expect(idsOf(notSame(9, 1, 3), standing)).toEqual([1, 2, 3, 4, 5]);
  });

  it('not the same names no longer way than it must', () => {
    const standing = [link(1, 1, 2), link(2, 1, 4), link(3, 2, 4), link(4, 4, 3)];
    expect(idsOf(notSame(9, 1, 3), standing)).toEqual([2, 4]);
  });

  it('an exclusion contradicts the links and pins on that record', () => {
    const standing = [link(1, 7, 8), link(2, 8, 9), pin(3, 7), pin(4, 8), notSame(5, 7, 9), pin(6, 7, { until: noon })];
    expect(idsOf(exclude(9, 7), standing)).toEqual([1, 3]);
  });

  it('a link or a pin on an excluded record contradicts its exclusion', () => {
    const standing = [exclude(1, 7), exclude(2, 9)];
    expect(idsOf(link(9, 8, 7), standing)).toEqual([1]);
    expect(idsOf(pin(9, 7), standing)).toEqual([1]);
  });

  it('a pin contradicts pins and choices of its attribute anywhere in the customer, unless they have ended', () => {
    const standing = [
      pin(1, 8),
      pin(2, 7, { until: noon + 1 }),
      pin(3, 8, { until: noon }),
      pin(4, 8, { attribute: 'name' }),
      pin(5, 20),
      choice(6, [8, 7]),
      choice(7, [20, 21]),
      choice(8, [8, 7], 'name'),
      link(10, 7, 8),
    ];
    expect(idsOf(pin(99, 7), standing, { ...alone, customers: [[20], [7, 8]] })).toEqual([1, 2, 6]);
    expect(idsOf(pin(99, 7), standing)).toEqual([2]);
  });

  it('a choice contradicts a standing pin, and an earlier choice against what it now chooses', () => {
    const standing = [pin(1, 8), pin(2, 20), pin(3, 8, { attribute: 'name' }), choice(4, [8, 7]), choice(5, [7, 8])];
    const other = choice(6, [8, 7], 'name');
    expect(idsOf(choice(9, [7, 8, 10]), [...standing, other], { ...alone, customers: [[7, 8]] })).toEqual([1, 4]);
  });

  it('a choice of a newer value builds on the earlier choice and contradicts nothing', () => {
    expect(idsOf(choice(9, [10, 8]), [choice(1, [8, 7])], { ...alone, customers: [[7, 8, 10]] })).toEqual([]);
  });

  it('a confirmed delete and a reopened creation contradict nothing', () => {
    const standing = [link(1, 7, 8), exclude(2, 7), pin(3, 7)];
    expect(idsOf({ kind: 'confirm-deleted', recordId: 7, base: 'p' }, standing)).toEqual([]);
    expect(idsOf({ kind: 'reopen', founder: 7, system: 'adipose', closings: [] }, standing)).toEqual([]);
  });

  it('without the links that are named, no chain is left between the two; with nothing between them, none is named', () => {
    const record = fc.nat(7);
    const links = fc
      .array(fc.tuple(record, record), { maxLength: 12 })
      .map((pairs) => pairs.map(([a, b], index) => link(index, a, b)));
    fc.assert(
      fc.property(links, (standing) => {
        const named = linksBetween([0, 7], standing);
        expect(linksBetween([0, 7], standing.filter((one) => !named.includes(one)))).toEqual([]); // prettier-ignore
        for (const one of named) expect(linksBetween([0, 7], named.filter((other) => other !== one)).length).toBeLessThan(named.length); // prettier-ignore
        expect(linksBetween([0, 7], standing.toReversed())).toEqual(named);
      }),
    );
  });
});
