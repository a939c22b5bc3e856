import type { Json, Lens } from '@cinch/canonical-model';

/** A whole row of a system, as it was pushed or listed. Times are in milliseconds since 1970, UTC. */
export interface ArrivedRow {
  /** Line of the batch, or place in the listing. */
  line: number;
  key: string;
  version: number | null;
  changedAt: number | null;
  delivery: { id: string; version: number } | null;
  data: Json;
  acceptedAt: number;
}

export interface ReadRow extends ArrivedRow {
  /** Business time: never more than five minutes ahead of acceptance, since a wrong clock would win for ever. */
  at: number;
  /** The stated time lay further ahead than clocks may differ: acceptance counts instead. */
  isAhead: boolean;
}

export interface UnreadRow {
  row: ArrivedRow;
  code: string;
  path: string;
  detail: string;
}

const clockToleranceMs = 5 * 60 * 1000;

/** Rows whose envelope the lens can read, and those that belong in the error log. The sender's own version and time go first. */
export function readRows(rows: readonly ArrivedRow[], lens: Lens): { read: ReadRow[]; unread: UnreadRow[] } {
  const read: ReadRow[] = [];
  const unread: UnreadRow[] = [];
  for (const row of rows) {
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
    const changedAt = row.changedAt ?? envelope.changedAt ?? row.acceptedAt;
    const isAhead = changedAt > row.acceptedAt + clockToleranceMs;
    const at = isAhead ? row.acceptedAt : changedAt;
    read.push({ ...row, version: row.version ?? envelope.version, at, isAhead });
  }
  return { read, unread };
}
