/**
 * Where a change of a golden record came from: a batch that was pushed, a refresh run that heard or delivered, or a mapping by which
 * what was said before reads otherwise.
 */
export interface Trace {
  kind: 'push' | 'heard' | 'receipt' | 'mapping';
  runId: number | null;
}

/** The record that moved it, in the record's own words, and the batch that brought it. */
interface Told {
  system: string;
  sourceId: string | null;
  batchId: number | null;
}

/** Why a golden record moved, for its history: in the record's own words, no values. */
export type Cause =
  | (Trace & Told)
  | {
      kind: DecisionKind | 'undo';
      by: string;
      reason: string;
      conflictId: number | null;
      decisionId: number;
      /** Of an undo: what was undone. */
      undid?: DecisionKind;
    }
  | { kind: 'rules' | 'match-model'; version: number; by: string | null; reason: string }
  | { kind: 'match-keys' }
  | { kind: 'time' };

/** A person's acts, as their decisions are called. */
type DecisionKind =
  'choice' | 'pin' | 'answer' | 'reconsider' | 'link' | 'not-same' | 'exclude' | 'confirm-deleted' | 'reopen';

/**
 * Why each customer may have moved: one of its touched records. A customer that only lost a record moved because of the record that
 * was touched first.
 */
export function causesOf(
  { kind, runId }: Trace,
  touched: readonly (Told & { customerId: number })[],
): (customerId: number) => Cause {
  const causes = touched.map(({ customerId, system, sourceId, batchId }): [number, Cause] => [
    customerId,
    { kind, batchId, runId, system, sourceId },
  ]);
  const byCustomer = new Map(causes);
  return (customerId) => byCustomer.get(customerId) ?? causes[0]![1];
}
