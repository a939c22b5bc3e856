import { Injectable } from '@nestjs/common';
import type { Epoch, SuspicionCode } from '@cinch/canonical-model';
import { columns } from '../../platform/columns.ts';
import type { Glance, Tx } from '../../platform/transaction.ts';

/** What a person may say that it was; `settled`, what was told next settled it, and what is held is nobody's word. */
export type HoldAnswer =
  'restored' | 'drift' | 'anew' | 'let-in' | 'thrown-back' | 'same-person' | 'somebody-else' | 'settled';

/** `epoch`: it was the held rows alone that were set back, and when. `why`: if whoever answers said so. */
interface Answer {
  answer: HoldAnswer;
  epoch?: Epoch;
  why?: string | undefined;
}

/** What was seen of a row that makes a restore of its system likely. */
export interface SeenOfRow {
  code: SuspicionCode;
  sourceId: string | null;
  /** The version that was told, and the highest one that was known. */
  version: number;
  known: number;
}

/** What was seen of many rows at once. */
export type SeenOfSystem = { code: 'many-rows'; rows: number } | { code: 'gone-and-back'; gone: number; back: number };

export interface OpenedHold {
  recordId: number;
  holdId: number;
}

export interface HoldRow {
  holdId: number;
  systemId: number;
  system: string;
  reason: 'restore' | 'changed-much' | 'newcomer' | 'somebody-else';
  answer: HoldAnswer | null;
  isWhole: boolean;
}

/** What is held, each with the question that was asked about it. */
@Injectable()
export class HoldsStore {
  /** One hold for each row, in their order. */
  async open(tx: Tx, systemId: number, seen: readonly SeenOfRow[], at: number): Promise<number[]> {
    const rows = await tx.query<{ hold_id: number }>(
      `insert into hold (system_id, reason, seen, opened_at) select $1, 'restore', t.seen, $3
       from unnest($2::text[]) with ordinality as t(seen, place) order by t.place returning hold_id`,
      [systemId, seen.map((one) => JSON.stringify(one)), new Date(at)],
    );
    return rows.map((row) => row.hold_id);
  }

  async hold(tx: Tx, records: readonly OpenedHold[]): Promise<void> {
    if (records.length === 0) return;
    await tx.write(
      `update source_record r set hold_id = t.hold from unnest($1::bigint[], $2::bigint[]) as t(id, hold) where r.record_id = t.id`,
      columns(records, ['recordId', 'holdId']),
    );
  }

  /** How many records of the system are held for the suspicion that it was set back. */
  async rowsHeld(tx: Tx, systemId: number): Promise<number> {
    const [row] = await tx.query<{ n: number }>(
      `select count(*)::int as n from hold h join source_record r using (hold_id)
       where h.system_id = $1 and h.reason = 'restore' and h.answered_at is null`,
      [systemId],
    );
    return row!.n;
  }

  /** One question about the whole system takes over all that was asked about its rows. */
  async openWhole(tx: Tx, systemId: number, seen: SeenOfSystem, at: number): Promise<void> {
    const before = await this.openOf(tx, systemId);
    const [made] = await tx.query<{ hold_id: number }>(
      `insert into hold (system_id, reason, seen, is_whole, opened_at) values ($1, 'restore', $2, true, $3) returning hold_id`,
      [systemId, JSON.stringify(seen), new Date(at)],
    );
    const joined = [made!.hold_id, before];
    await tx.write('update record_entry set hold_id = $1 where hold_id = any($2::bigint[])', joined);
    await tx.write('update source_record set hold_id = $1 where hold_id = any($2::bigint[])', joined);
    await tx.write('update system set hold_id = $1 where system_id = $2', [made!.hold_id, systemId]);
    await tx.write('delete from hold where hold_id = any($1::bigint[])', [before]);
  }

  /** The next question about a row of a system that a person has answered for all such rows; of this system alone, if one is named. */
  async answered(
    tx: Glance,
    systemId: number | null,
  ): Promise<{ holdId: number; answer: 'drift' | 'anew'; by: string } | null> {
    const [row] = await tx.query<{ holdId: number; answer: 'drift' | 'anew'; by: string }>(
      `select h.hold_id as "holdId", s.standing_answer as answer, s.standing_by as by
       from hold h join system s using (system_id)
       where h.answered_at is null and h.reason = 'restore' and not h.is_whole and s.hold_id is null and s.standing_answer is not null
         and ($1::int is null or h.system_id = $1) order by 1 limit 1`,
      [systemId],
    );
    return row ?? null;
  }

  async answeredSince(tx: Tx, systemId: number, since: number): Promise<boolean> {
    const rows = await tx.query('select 1 from hold where system_id = $1 and answered_at > $2 limit 1', [
      systemId,
      new Date(since),
    ]);
    return rows.length > 0;
  }

  /** Locked: it is answered once. */
  async byId(tx: Tx, holdId: number): Promise<HoldRow | null> {
    const [row] = await tx.query<HoldRow>(
      `select h.hold_id as "holdId", h.system_id as "systemId", s.code as system, h.reason, h.answer, h.is_whole as "isWhole"
       from hold h join system s using (system_id) where h.hold_id = $1 for update of h`,
      [holdId],
    );
    return row ?? null;
  }

  async heldRows(tx: Tx, holdId: number): Promise<number> {
    const [row] = await tx.query<{ n: number }>('select count(*)::int as n from source_record where hold_id = $1', [
      holdId,
    ]);
    return row!.n;
  }

  /** Ids of the holds of the system that wait for an answer to this kind of question. */
  async openOf(tx: Tx, systemId: number): Promise<number[]> {
    const rows = await tx.query<{ hold_id: number }>(
      `select hold_id from hold where system_id = $1 and reason = 'restore' and answered_at is null order by 1`,
      [systemId],
    );
    return rows.map((row) => row.hold_id);
  }

  /** A restore that explains all of these holds was at this instant or before. */
  async since(tx: Tx, holdIds: readonly number[]): Promise<Date | null> {
    const [row] = await tx.query<{ since: Date | null }>(
      'select min(counts_from) as since from record_entry where hold_id = any($1::bigint[])',
      [holdIds],
    );
    return row!.since;
  }

  /** Returns the records that are let go. */
  async answer(
    tx: Tx,
    holdIds: readonly number[],
    { answer, epoch, why }: Answer,
    by: string,
    at: number,
  ): Promise<number[]> {
    await tx.write(
      `update hold set answer = $2, answered_by = $3, answered_at = $4, set_back_to = $5, restored_at = $6, answer_reason = $7
       where hold_id = any($1::bigint[])`,
      [
        holdIds,
        answer,
        by,
        new Date(at),
        epoch ? new Date(epoch.setBackTo) : null,
        epoch ? new Date(epoch.restoredAt) : null,
        why ?? null,
      ],
    );
    await tx.write('update system set hold_id = null where hold_id = any($1::bigint[])', [holdIds]);
    const rows = await tx.query<{ record_id: number }>(
      'update source_record set hold_id = null where hold_id = any($1::bigint[]) returning record_id',
      [holdIds],
    );
    return rows.map((row) => row.record_id).sort((a, b) => a - b);
  }

  /** When the system was set back, in order. */
  async epochs(tx: Tx, systemId: number): Promise<Epoch[]> {
    const rows = await tx.query<{ to: Date; at: Date }>(
      'select set_back_to as "to", restored_at as at from system_restore where system_id = $1 order by restored_at',
      [systemId],
    );
    return rows.map(({ to, at }) => ({ setBackTo: to.getTime(), restoredAt: at.getTime() }));
  }
}
