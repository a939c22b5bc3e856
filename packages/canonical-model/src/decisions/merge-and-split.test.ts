import { modelAsShipped } from '../customer/model/model.ts';
import { describe, expect, it } from 'vitest';
import type { ComparedRecord } from '../matching/cluster.ts';
import { evidenceOf } from '../matching/evidence.ts';
import { linkAll } from '../matching/link-all.ts';
import { Scorer } from '../matching/score.ts';
import { shippedModel } from '../matching/shipped-model.ts';
import type { Pin } from '../survivorship/golden.ts';
import { contradictions } from './contradictions.ts';
import type { Decision, Link, NotSame } from './decision.ts';
import { mergeDecision, pinsOfSides, splitDecisions } from './merge-and-split.ts';

const link = (decisionId: number, a: number, b: number): Link => ({ kind: 'link', decisionId, records: [a, b] });
const notSame = (decisionId: number, a: number, b: number): NotSame => ({
  ...link(decisionId, a, b),
  kind: 'not-same',
});

const judge = { scorer: new Scorer(shippedModel), model: shippedModel };
const [zoe, quincy] = [
  { name: [{ given: 'Zoë', family: 'McDonald' }], 'identifier.national': ['078051120'] },
  { name: [{ given: 'Quincy', family: 'Brook' }], 'identifier.national': ['219099999'] },
].map((said) => judge.scorer.features.of(evidenceOf('person', said, 'any', modelAsShipped)));
const records = [1, 2, 3, 4].map((recordId): ComparedRecord => {
  return { recordId, name: `n${recordId}`, features: (recordId < 3 ? zoe : quincy)!, follows: null };
});

/** The customers once these decisions stand. */
function customers(decisions: readonly Decision[]) {
  const pairsOf = (kind: 'link' | 'not-same') =>
    decisions.flatMap((decision) => (decision.kind === kind ? [decision.records] : []));
  return linkAll(records, { links: pairsOf('link'), separations: pairsOf('not-same') }, judge).clusters;
}

describe('merging and splitting', () => {
  it('merging links the founding records; a not-same between the sides is named and has to go', () => {
    const standing = [notSame(1, 2, 3)];
    const merge = mergeDecision(4, 1);
    expect(merge).toEqual({ kind: 'link', records: [1, 4] });
    expect(contradictions(merge, standing, { customers: customers(standing), asOf: 0 })).toEqual(standing);
    expect(customers([{ ...merge, decisionId: 2 }])).toEqual([[1, 2, 3, 4]]);
  });

  it('splitting parts each record of one side from each of the other, where that does not stand already', () => {
    const standing = [link(1, 3, 1), link(2, 3, 4), notSame(3, 4, 1)];
    const { proposed, contradicted } = splitDecisions({ stay: [2, 1], leave: [4, 3] }, standing);
    expect(proposed.map((one) => one.records)).toEqual([
      [1, 3],
      [2, 3],
      [2, 4],
    ]);
    expect(proposed.every((one) => one.kind === 'not-same')).toBe(true);
    expect(contradicted).toEqual([standing[0]]);
    const after = proposed.map((one, index): Decision => ({ ...one, decisionId: 10 + index }));
    expect(customers([...standing.slice(1), ...after])).toEqual([
      [1, 2],
      [3, 4],
    ]);
  });

  it('a split says which pins each side keeps: they go with the record they were made on', () => {
    const pin = (decisionId: number, recordId: number): Pin => {
      return { decisionId, recordId, attribute: 'name', value: null, at: 0, until: null };
    };
    const [stays, leaves] = [pin(1, 2), pin(2, 3)];
    expect(pinsOfSides({ stay: [1, 2], leave: [3] }, [stays, leaves, pin(3, 9)])).toEqual({
      stay: [stays],
      leave: [leaves],
    });
  });
});
