import { assertionId, type Choice } from '../survivorship/golden.ts';
import { linksBetween, sideOf } from './chains.ts';
import type { Decision, Link, Proposed } from './decision.ts';

export interface DecisionContext {
  /** The records of each customer that the proposed decision is about, as the hub has them now. */
  customers: readonly (readonly number[])[];
  /** When it is to be made, in milliseconds since 1970, UTC: a pin that has ended contradicts nothing. */
  asOf: number;
}

/**
 * The standing decisions that a proposed one contradicts: it is refused with them listed, or takes their place in the same act. Different
 * pins of two customers that are merged are no contradiction: they come up as a conflict.
 */
export function contradictions(
  proposed: Proposed<Decision>,
  standing: readonly Decision[],
  context: DecisionContext,
): Decision[] {
  const links = standing.filter((decision) => decision.kind === 'link');
  const contradicts = contradictedBy(proposed, links, context);
  return standing.filter(contradicts).sort((a, b) => a.decisionId - b.decisionId);
}

function contradictedBy(
  proposed: Proposed<Decision>,
  links: readonly Link[],
  { customers, asOf }: DecisionContext,
): (other: Decision) => boolean {
  switch (proposed.kind) {
    case 'link': {
      const [one, another] = proposed.records.map((record) => sideOf(record, links, customers)) as [Side, Side];
      return (other) => {
        if (other.kind === 'exclude') return proposed.records.includes(other.recordId);
        return other.kind === 'not-same' && isAcross(other.records, one, another);
      };
    }
    case 'not-same': {
      const chain: readonly Decision[] = linksBetween(proposed.records, links);
      return (other) => chain.includes(other);
    }
    case 'exclude':
      return (other) =>
        (other.kind === 'link' && other.records.includes(proposed.recordId)) ||
        (other.kind === 'pin' && settles(other, asOf) && other.recordId === proposed.recordId);
    case 'pin': {
      const mates = matesOf(proposed.recordId, customers);
      return (other) => {
        if (other.kind === 'exclude') return other.recordId === proposed.recordId;
        return (
          settles(other, asOf) &&
          other.attribute === proposed.attribute &&
          mates.includes(other.kind === 'pin' ? other.recordId : other.chosen.recordId)
        );
      };
    }
    case 'choice': {
      const mates = matesOf(proposed.chosen.recordId, customers);
      return (other) =>
        settles(other, asOf) &&
        other.attribute === proposed.attribute &&
        (other.kind === 'pin' ? mates.includes(other.recordId) : decidedAgainst(other, assertionId(proposed.chosen)));
    }
    default:
      return () => false;
  }
}

type Side = ReadonlySet<number>;

function isAcross([a, b]: readonly [number, number], one: Side, another: Side): boolean {
  return (one.has(a) && another.has(b)) || (one.has(b) && another.has(a));
}

function matesOf(recordId: number, customers: DecisionContext['customers']): readonly number[] {
  return customers.find((records) => records.includes(recordId)) ?? [recordId];
}

type Settling = Extract<Decision, { kind: 'pin' | 'choice' }>;

/** It says which value an attribute has, and has not ended. */
function settles(decision: Decision, asOf: number): decision is Settling {
  return decision.kind === 'choice' || (decision.kind === 'pin' && (decision.until === null || decision.until > asOf));
}

function decidedAgainst(choice: Choice, assertion: string): boolean {
  return assertionId(choice.chosen) !== assertion && choice.basis.some((ref) => assertionId(ref) === assertion);
}
