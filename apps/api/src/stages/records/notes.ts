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

/** The code of a row over which the hub has died. */
const killedTheHub = 'killed-the-hub';

/** A row over which the hub has died: tried alone, and put aside. */
export function noteKilled({ key, line, batchId }: ArrivedRow, { runId }: From): ErrorEntry {
  const detail =
    'The hub ended each time it worked on this record, twice on it alone, so it was left out. Its bytes are kept: tell whoever runs the hub, and replay it once that is mended.';
  return { kind: 'line', sourceKey: key, batchId, line, runId, code: killedTheHub, path: '', detail };
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

/** A row of a body that told of its record before. */
export function noteKeyTwice({ key, line, batchId }: TimedRow, { runId }: From): ErrorEntry {
  const detail =
    'This key stands on more than one line of the body. The lines count in their order, so the last one has the last word. Send each record once.';
  return { kind: 'note', sourceKey: key, batchId, line, runId, code: 'key-twice', path: 'id', detail };
}

/** A row that tells of an older state than the hub knows. */
export function noteBehind({ key, line, batchId, version }: TimedRow, known: number, { runId }: From): ErrorEntry {
  const detail = `Version ${version} is below version ${known}, which the hub knows of this record, so it is filed as older news. If the system counts anew, an admin has to note that it was set back.`;
  return {
    kind: 'note',
    sourceKey: key,
    batchId,
    line,
    runId,
    code: 'version-behind',
    path: 'version',
    detail,
    isSettled: true,
  };
}

/** A row that does not count before a person has said what it means. */
export function noteHeld({ key, line, batchId }: TimedRow, { runId }: From): ErrorEntry {
  const detail =
    'This record is held: it looks as if its system had been set back. What was sent is kept and counts once an admin has answered the question under “Held”.';
  return { kind: 'note', sourceKey: key, batchId, line, runId, code: 'held', path: '', detail, isSettled: true };
}

/** A row whose version is no next one: every later row below it would count as older news. */
export function noteJump({ key, line, batchId, version }: TimedRow, known: number, { runId }: From): ErrorEntry {
  const detail = `The version leaps from ${known} to ${version}. Rows with versions between the two count as older news from now on: look whether the system counts otherwise than before.`;
  return { kind: 'note', sourceKey: key, batchId, line, runId, code: 'version-jump', path: 'version', detail };
}

/** A row whose version came with other content as well, which counts. */
export function noteOutranked({ recordId: _, version, ...origin }: OutrankedRow, sourceKey: string | null): ErrorEntry {
  const detail = `Version ${version} came with other content as well; what was changed or accepted later counts, which is not this one. Give each change a version of its own.`;
  return { kind: 'note', sourceKey, ...origin, code: 'version-reused', path: '', detail };
}

function keyOf(lens: Lens, native: Json): string | null {
  const result = lens.envelope(native);
  return result.ok ? result.envelope.key : null;
}
