import { mostVersion, type Acceptance, type Json, type Lens, type Timing } from '@cinch/canonical-model';

/** What a system told of one of its rows, by pushing it or when it was listed. Times are in milliseconds since 1970, UTC. */
export interface ArrivedRow {
  /** The batch that brought it; null for a row that was heard. */
  batchId: number | null;
  /** Line of the batch, or place in the listing. */
  line: number;
  /** The whole row, or a patch of it, what was added to its numbers, that it is gone. */
  act: 'whole' | 'patch' | 'increment' | 'delete';
  /** Names the event that told of it; null for a row that was not told by an event. */
  eventId: string | null;
  key: string;
  version: number | null;
  changedAt: number | null;
  delivery: { id: string; version: number } | null;
  data: Json;
  acceptedAt: number;
  /** The number of the call that it was accepted with; a batch is one. Absent where nothing is to be filed. */
  call?: number;
  /** Of a load that brought it long ago: the instant that this shows. */
  asOf?: number | null;
}

export interface TimedRow extends ArrivedRow {
  /** Which of the rows that arrived together it is, counted from 0. */
  place: number;
  /** Business time: never more than five minutes ahead of acceptance, since a wrong clock would win for ever. */
  at: number;
  /** Whose instant that is. */
  timing: Timing;
  /** When the row says that it was changed, where it stands at the instant of its load; null otherwise. */
  saidAt: number | null;
  acceptance: Acceptance;
  /** The stated time lay further ahead than clocks may differ: acceptance counts instead. */
  isAhead: boolean;
}

export interface UnreadRow {
  row: ArrivedRow;
  code: string;
  path: string;
  detail: string;
}

/** So far may the clocks of a system and of the hub differ. */
export const clockToleranceMs = 5 * 60 * 1000;

interface SortedRows {
  wholes: TimedRow[];
  /** Patches, increments and deletes. */
  parts: TimedRow[];
  unread: UnreadRow[];
}

/**
 * Rows whose envelope the lens can read, parts of rows, and what belongs in the error log. The sender's own version and time go first.
 * `asOf`: the rows are of a load, which shows them as they were at this instant.
 */
export function readRows(rows: readonly ArrivedRow[], lens: Lens, asOf: number | null): SortedRows {
  const sorted: SortedRows = { wholes: [], parts: [], unread: [] };
  const { wholes, parts, unread } = sorted;
  for (const [place, row] of rows.entries()) {
    if (row.act !== 'whole') {
      parts.push(timed(row, place, row.version, row.changedAt, null));
      continue;
    }
    const result = lens.envelope(row.data);
    if (!result.ok) {
      const [first] = result.unreadable;
      unread.push({ row, code: first!.code, path: first!.path, detail: first!.detail });
      continue;
    }
    const { envelope } = result;
    if (envelope.key !== row.key) {
      const detail = `The record was sent under the id ${row.key}, but its data hold another key. Send both the same.`;
      unread.push({ row, code: 'key-differs', path: 'id', detail });
      continue;
    }
    const version = row.version ?? envelope.version;
    // Intake refuses it; a row that is listed comes another way.
    if (version !== null && version > mostVersion) {
      const detail = `A version is at most 2^53 - 2^32 (${mostVersion}): after a higher one no later row could count.`;
      unread.push({ row, code: 'not-a-version', path: 'version', detail });
      continue;
    }
    wholes.push(timed(row, place, version, row.changedAt ?? envelope.changedAt, row.asOf ?? asOf));
  }
  return sorted;
}

/** The time that a row states; one that lies ahead counts as that of acceptance. */
export function statedTime(changedAt: number | null, acceptedAt: number): { stated: number | null; isAhead: boolean } {
  const isAhead = changedAt !== null && changedAt > acceptedAt + clockToleranceMs;
  return { stated: isAhead ? acceptedAt : changedAt, isAhead };
}

function timed(
  row: ArrivedRow,
  place: number,
  version: number | null,
  changedAt: number | null,
  asOf: number | null,
): TimedRow {
  const { stated, isAhead } = statedTime(changedAt, row.acceptedAt);
  const acceptance = { call: row.call ?? row.batchId ?? 0, line: row.line };
  const from = { ...row, place, version, isAhead, acceptance };
  // Without a version a row of a load stands where the load stands, and its values keep the time that the row states.
  if (version === null && asOf !== null) return { ...from, at: asOf, timing: 'loaded', saidAt: stated };
  if (stated === null) return { ...from, at: row.acceptedAt, timing: 'accepted', saidAt: null };
  return { ...from, at: stated, timing: 'stated', saidAt: null };
}
