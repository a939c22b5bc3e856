import { isWhole, type Json, type Lens } from '@cinch/canonical-model';
import type { ErrorEntry } from './errors.store.ts';
import type { ArrivedRow, TimedRow, UnreadRow } from './read-rows.ts';
import type { Filing, OutrankedRow } from './timelines.store.ts';

interface From {
  runId: number | null;
}

/** A row that could not be taken at all. */
export function noteUnread({ row, code, path, detail }: UnreadRow, { runId }: From): ErrorEntry {
  return { kind: 'line', sourceKey: row.key, batchId: row.batchId, line: row.line, runId, code, path, detail };
}

/** A row that the hub itself failed on. */
export function noteFailed({ key, line, batchId }: ArrivedRow, { runId }: From): ErrorEntry {
  const detail =
    'The hub failed on this record and left it out. Its bytes are kept: tell whoever runs the hub, with the batch and line.';
  return { kind: 'line', sourceKey: key, batchId, line, runId, code: 'processing-failed', path: '', detail };
}

/** A row that was taken, but not at the time it stated. */
export function noteAhead({ key, line, batchId }: TimedRow, { runId }: From): ErrorEntry {
  const detail =
    'The stated time lies more than five minutes ahead, so the time of acceptance counts. Check the clock of the system.';
  return { kind: 'note', sourceKey: key, batchId, line, runId, code: 'time-ahead', path: 'changedAt', detail };
}

/** A part of a row that has not come yet. */
export function noteNoBase({ key, line, batchId }: TimedRow, { runId }: From): ErrorEntry {
  const detail =
    'The hub does not know the row that this changes. It counts by itself as soon as the whole row has come.';
  return { kind: 'line', sourceKey: key, batchId, line, runId, code: 'no-base', path: '', detail };
}

/** Fields of a filed row that cannot be read. */
export function notesOnFields({ entry, origin }: Filing, lens: Lens): ErrorEntry[] {
  if (!isWhole(entry)) return [];
  const sourceKey = keyOf(lens, entry.native);
  return lens.read(entry.native).unreadable.map((one) => ({ kind: 'field', sourceKey, ...origin, ...one }));
}

/** A row whose version came with other content as well, which counts. */
export function noteOutranked({ recordId: _, version, ...origin }: OutrankedRow, sourceKey: string | null): ErrorEntry {
  const detail = `Version ${version} came with other content as well; the greater content hash counts, which is not this one. Give each change a version of its own.`;
  return { kind: 'note', sourceKey, ...origin, code: 'version-reused', path: '', detail };
}

function keyOf(lens: Lens, native: Json): string | null {
  const result = lens.envelope(native);
  return result.ok ? result.envelope.key : null;
}
