import { versionJump } from '@cinch/canonical-model';
import type { ErrorEntry } from './errors.store.ts';
import { noteBehind, noteJump, noteKeyTwice } from './notes.ts';
import type { TimedRow } from './read-rows.ts';

interface From {
  runId: number | null;
}

/**
 * What a sender should know of rows that were taken: how their versions stand to what was known of their records before, and to each
 * other in the order in which they were accepted.
 */
export function remarksOnVersions(
  rows: readonly TimedRow[],
  knownBefore: ReadonlyMap<string, number>,
  from: From,
): ErrorEntry[] {
  const known = new Map(knownBefore);
  const remarks: ErrorEntry[] = [];
  for (const row of rows.toSorted(byAcceptance)) {
    const { key, version, act } = row;
    if (version === null) continue;
    const before = known.get(key);
    known.set(key, Math.max(before ?? version, version));
    if (before === undefined) continue;
    // Parts that come late are added where they belong.
    if (version < before && (act === 'whole' || act === 'delete')) remarks.push(noteBehind(row, before, from));
    if (version > versionJump(before)) remarks.push(noteJump(row, before, from));
  }
  return remarks;
}

/**
 * One remark for each key that stands on several lines of a body, at the last of them that is at hand. Events are told of one by one, so
 * that several of one record are nothing strange. `toldBefore`: rows of which an earlier part of their body told.
 */
export function remarksOnKeys(rows: readonly TimedRow[], toldBefore: ReadonlySet<TimedRow>, from: From): ErrorEntry[] {
  const lines = rows.filter(({ batchId, eventId }) => batchId !== null && eventId === null);
  const byKey = Map.groupBy(lines, ({ batchId, key }) => `${batchId} ${key}`);
  return [...byKey.values()]
    .filter((own) => own.length > 1 || toldBefore.has(own[0]!))
    .map((own) => noteKeyTwice(own.toSorted(byAcceptance).at(-1)!, from));
}

/** Rows of bodies that were worked on in part before: only there may an earlier line be stored already. */
export function ofLaterParts(rows: readonly TimedRow[]): TimedRow[] {
  const first = new Map<number, number>();
  for (const { batchId, line } of rows) {
    if (batchId !== null) first.set(batchId, Math.min(first.get(batchId) ?? line, line));
  }
  return rows.filter(({ batchId, eventId }) => batchId !== null && eventId === null && first.get(batchId)! > 1);
}

function byAcceptance({ acceptance: a }: TimedRow, { acceptance: b }: TimedRow): number {
  return a.call - b.call || a.line - b.line;
}
