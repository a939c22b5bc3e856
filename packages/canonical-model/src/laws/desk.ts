import type { AttributeId, Value } from '../customer/attributes.ts';
import type { SaidOfPairs } from '../matching/pairs.ts';
import type {
  ChangeRequest,
  Choice,
  OpenConflict,
  Pin,
  RequestAnswer,
  ValueDecisions,
} from '../survivorship/golden.ts';

type Decided =
  | ({ kind: 'choice' } & Choice)
  | ({ kind: 'pin' } & Pin)
  | ({ kind: 'answer' } & RequestAnswer)
  | { kind: 'not-same' | 'link'; decisionId: number; pairs: [number, number][] };

/** A steward's desk: what was decided and stands. */
export class Desk {
  decisions: Decided[] = [];
  private last = 0;

  choose(conflict: OpenConflict, pick: number): void {
    const { attribute, candidates } = conflict;
    const chosen = candidates[pick % candidates.length]!;
    this.decisions.push({ kind: 'choice', decisionId: ++this.last, attribute, chosen, basis: candidates });
  }

  /** A pin of an attribute takes the place of others and of choices of it. */
  pin(recordId: number, attribute: AttributeId, value: Value | null, at: number, until: number | null): void {
    this.decisions = this.decisions.filter(
      (one) => !(one.kind === 'pin' || one.kind === 'choice') || one.attribute !== attribute,
    );
    this.decisions.push({ kind: 'pin', decisionId: ++this.last, recordId, attribute, value, at, until });
  }

  answer({ attribute, from }: ChangeRequest, target: number | null): void {
    const accepted = target !== null;
    this.decisions.push({ kind: 'answer', decisionId: ++this.last, attribute, request: from, accepted, target });
  }

  separate(recordId: number, others: readonly number[]): void {
    const pairs = others.map((other): [number, number] => [recordId, other]);
    // The links that it contradicts give way.
    this.decisions = this.decisions.filter((one) => one.kind !== 'link');
    this.decisions.push({ kind: 'not-same', decisionId: ++this.last, pairs });
  }

  /** Brings the record back: what kept it apart gives way. */
  unite(recordId: number, other: number): void {
    this.decisions = this.decisions.filter(
      (one) => one.kind !== 'not-same' || !one.pairs.some((pair) => pair.includes(recordId)),
    );
    this.decisions.push({ kind: 'link', decisionId: ++this.last, pairs: [[recordId, other]] });
  }

  undo(pick: number): void {
    if (this.decisions.length === 0) return;
    this.decisions = this.decisions.filter((_, index) => index !== pick % this.decisions.length);
  }

  valueDecisions(): ValueDecisions {
    return {
      choices: this.decisions.filter((one) => one.kind === 'choice'),
      pins: this.decisions.filter((one) => one.kind === 'pin'),
      answers: this.decisions.filter((one) => one.kind === 'answer'),
      reconsidered: [],
    };
  }

  saidOfPairs(): SaidOfPairs {
    const pairsOf = (kind: 'link' | 'not-same') =>
      this.decisions.flatMap((one) => (one.kind === kind ? one.pairs : []));
    return { links: pairsOf('link'), separations: pairsOf('not-same') };
  }
}
