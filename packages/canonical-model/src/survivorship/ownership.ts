import type { Phase } from '../customer/shapes/phase.ts';
import type { Rule } from './rules.ts';
import type { Vote } from './vote.ts';

/** The phases of the customer's life, as far as rules ask for them. */
export interface Phases {
  /** The phase at an instant; null where nothing was said of it. */
  at(instant: number): Phase | null;
  now: Phase | null;
}

export interface Division<V = Vote> {
  /** The system that masters the attribute; null where it is shared. */
  owner: string | null;
  /** The votes that count, and those that do not because another system masters the attribute. */
  owned: V[];
  outsiders: V[];
}

/** The system that masters an attribute under a rule. */
export function ownerOf(rule: Rule, phases: Phases): string | null {
  switch (rule.strategy) {
    case 'owner':
      return rule.system;
    case 'owner-by-phase':
    case 'transition':
      return (phases.now && rule.owners[phases.now]) ?? null;
    case 'minimum':
    case 'maximum':
    case 'sum':
    case 'union':
      return rule.owner ?? null;
    default:
      return null;
  }
}

/**
 * Whose word counts. Where the phase of the customer's life decides, it is the phase at the time of each assertion, and in a phase
 * that nobody was given everybody's word counts. A steward's expired pin is nobody's: it never stands beside the owner's word.
 */
export function divide<V extends Pick<Vote, 'system' | 'at'>>(
  votes: readonly V[],
  rule: Rule,
  phases: Phases,
): Division<V> {
  const owner = ownerOf(rule, phases);
  const counts = (vote: V) => {
    if (rule.strategy !== 'owner-by-phase') return owner === null || vote.system === owner;
    const phase = phases.at(vote.at);
    const then = phase && rule.owners[phase];
    return !then || vote.system === then;
  };
  return { owner, owned: votes.filter(counts), outsiders: votes.filter((vote) => !counts(vote)) };
}
