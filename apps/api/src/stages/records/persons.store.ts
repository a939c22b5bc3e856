import { Injectable } from '@nestjs/common';
import type { Words } from '@cinch/canonical-model';
import { columns } from '../../platform/columns.ts';
import type { Tx } from '../../platform/transaction.ts';

/** A record whose own words contradict what it said before: both readings. */
export interface MaybeSomebodyElse {
  code: 'somebody-else';
  sourceId: string | null;
  before: Words;
  now: Words;
  /** Position of the entry from which on it may be somebody else; it may have been let through long ago. */
  since: string;
}

export interface OpenDoubt {
  holdId: number;
  recordId: number;
}

/** As `positionOf` names an entry. */
const positionIn = (entry: string) =>
  `coalesce(${entry}.version::text, '-') || '.' || (extract(epoch from ${entry}.at) * 1000)::bigint || '.' || replace(${entry}.content::text, '-', '')`;

/** Records of which a person is asked whether they are somebody else now (rule 21). */
@Injectable()
export class PersonsStore {
  /** What was told at these positions is held, and whatever else is told of the record joins it. */
  async ask(
    tx: Tx,
    { systemId, recordId }: { systemId: number; recordId: number },
    positions: readonly string[],
    seen: MaybeSomebodyElse,
    at: number,
  ): Promise<void> {
    const [made] = await tx.query<{ hold_id: number }>(
      `insert into hold (system_id, reason, seen, opened_at) values ($1, 'somebody-else', $2, $3) returning hold_id`,
      [systemId, JSON.stringify(seen), new Date(at)],
    );
    await this.join(tx, made!.hold_id, recordId, positions);
    await tx.write('update source_record set hold_id = $1 where record_id = $2', [made!.hold_id, recordId]);
  }

  async join(tx: Tx, holdId: number, recordId: number, positions: readonly string[]): Promise<void> {
    await tx.write(
      `update record_entry e set hold_id = $1 where e.record_id = $2 and e.hold_id is null and e.kind not in ('offer', 'receipt')
         and ${positionIn('e')} = any($3::text[])`,
      [holdId, recordId, positions],
    );
  }

  /** What was told at this position counts, whatever becomes of the rest that is held. */
  async letIn(tx: Tx, holdId: number, position: string): Promise<void> {
    await tx.write(`update record_entry e set hold_id = null where e.hold_id = $1 and ${positionIn('e')} = $2`, [
      holdId,
      position,
    ]);
  }

  async open(tx: Tx, recordIds: readonly number[]): Promise<OpenDoubt[]> {
    if (recordIds.length === 0) return [];
    return tx.query(
      `select h.hold_id as "holdId", r.record_id as "recordId" from unnest($1::bigint[]) as t(id)
       join source_record r on r.record_id = t.id join hold h using (hold_id)
       where h.reason = 'somebody-else' and h.answered_at is null order by 1`,
      [recordIds],
    );
  }

  async see(tx: Tx, rows: readonly { holdId: number; seen: MaybeSomebodyElse }[]): Promise<void> {
    await tx.write(
      'update hold h set seen = t.seen from unnest($1::bigint[], $2::text[]) as t(id, seen) where h.hold_id = t.id',
      columns(
        rows.map(({ holdId, seen }) => ({ holdId, seen: JSON.stringify(seen) })),
        ['holdId', 'seen'],
      ),
    );
  }

  /** The record that this is asked about, and what was seen of it; locked. */
  async seenOf(tx: Tx, holdId: number): Promise<{ recordId: number; seen: MaybeSomebodyElse } | null> {
    const [row] = await tx.query<{ recordId: number; seen: string }>(
      `select r.record_id as "recordId", h.seen from hold h join source_record r using (hold_id) where h.hold_id = $1`,
      [holdId],
    );
    return row ? { recordId: row.recordId, seen: JSON.parse(row.seen) as MaybeSomebodyElse } : null;
  }
}
