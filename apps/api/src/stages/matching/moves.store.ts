import { Injectable } from '@nestjs/common';
import { columns } from '../../platform/columns.ts';
import type { Tx } from '../../platform/transaction.ts';

/** A stored record that left one customer for another. */
export interface RecordMove {
  recordId: number;
  from: number;
  to: number;
}

/** Which records went from which customer to which, when and why: the report for whoever keeps ids of customers. */
@Injectable()
export class MovesStore {
  /** `causeOf`: why the customer changed, as its history says it. Rows that are still to be made have no name yet that anybody keeps. */
  async note(
    tx: Tx,
    moves: readonly RecordMove[],
    causeOf: (customerId: number) => { kind: string },
    at: number,
  ): Promise<void> {
    if (moves.length === 0) return;
    const rows = moves.map((move) => {
      const cause = causeOf(move.to);
      return { ...move, kind: cause.kind, cause: JSON.stringify(cause) };
    });
    await tx.write(
      `insert into moved_record (at, record_id, from_customer, to_customer, kind, cause)
       select $6::timestamptz, t.id, t.from_customer, t.to_customer, t.kind, t.cause
       from unnest($1::bigint[], $2::bigint[], $3::bigint[], $4::text[], $5::text[])
         as t(id, from_customer, to_customer, kind, cause)
       join source_record r on r.record_id = t.id where r.source_key is not null order by t.id`,
      [...columns(rows, ['recordId', 'from', 'to', 'kind', 'cause']), new Date(at)],
    );
  }

  /** Some of what is older. False when there is none. */
  async dropBefore(tx: Tx, before: number, most: number): Promise<boolean> {
    const rows = await tx.query(
      `delete from moved_record where move_id in (
         select move_id from moved_record where at < $1 order by at limit $2) returning 1`,
      [new Date(before), most],
    );
    return rows.length > 0;
  }
}
