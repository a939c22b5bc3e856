/**
 * Where a change of a golden record came from: a batch that was pushed, a refresh run that heard or delivered, or a mapping by which
 * what was said before reads otherwise.
 */
export interface Trace {
  kind: 'push' | 'heard' | 'receipt' | 'mapping';
  runId: number | null;
  /** It came with many others, in a load or a replay: what it changes waits for a run. */
  bulk?: true;
}

type Came = Trace & { load?: unknown; isReplay?: boolean };

export function traceOf({ kind, runId, load, isReplay }: Came): Trace {
  return { kind, runId, ...((load || isReplay) && { bulk: true }) };
}

/** Whether what it changes may go out between refreshes. */
export function isLive(came: Came): boolean {
  return came.kind === 'push' && !traceOf(came).bulk;
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
      /** It is one of many made as one, or is about many: what it changes waits for a run. */
      bulk?: true;
    }
  | { kind: 'rules' | 'match-model'; version: number; by: string | null; reason: string }
  | { kind: 'match-keys' }
  | { kind: 'time' };

/** A person's acts, as their decisions are called. */
type DecisionKind =
  | 'choice'
  | 'pin'
  | 'answer'
  | 'reconsider'
  | 'link'
  | 'not-same'
  | 'exclude'
  | 'confirm-deleted'
  | 'reopen'
  | 'take-back';

/**
 * Why each customer may have moved: one of its touched records. A customer that only lost records, or got stored ones, moved because of
 * those that were touched in the customers these went to or came from. Of several it is the first by name, since who came first in a
 * piece of work is chance.
 */
export function causesOf(
  { kind, runId, bulk }: Trace,
  touched: readonly (Told & { customerId: number })[],
  moves: readonly { from: number; to: number }[],
): (customerId: number) => Cause {
  const causes = touched
    .map(({ customerId, system, sourceId, batchId }): [number, Cause & Told] => [
      customerId,
      { kind, batchId, runId, system, sourceId, ...(bulk && { bulk }) },
    ])
    .sort(([, a], [, b]) => byName(b, a));
  const known = new Map(causes);
  for (;;) {
    const found = moves
      .flatMap(({ from, to }): [number, (Cause & Told) | undefined][] => [
        [from, known.get(to)],
        [to, known.get(from)],
      ])
      .filter((one): one is [number, Cause & Told] => one[1] !== undefined && !known.has(one[0]))
      .sort(([, a], [, b]) => byName(b, a));
    if (found.length === 0) break;
    for (const [customerId, cause] of found) known.set(customerId, cause);
  }
  return (customerId) => known.get(customerId) ?? causes.at(-1)![1];
}

function byName(a: Told, b: Told): number {
  return compare(a.system, b.system) || compare(a.sourceId ?? '', b.sourceId ?? '');
}

function compare(a: string, b: string): number {
  return a < b ? -1 : Number(a > b);
}
