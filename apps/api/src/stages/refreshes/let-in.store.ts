import { Injectable } from '@nestjs/common';
import type { Tx } from '../../platform/transaction.ts';

/** News that was held for changing much, and let in by a person since a system was proved last. */
@Injectable()
export class LetInStore {
  /** Of these customers, those of whom such news told, and what it changed. */
  async of(tx: Tx, systemId: number, customerIds: readonly number[]): Promise<Map<number, ReadonlySet<string>>> {
    if (customerIds.length === 0) return new Map();
    const rows = await tx.query<{ customerId: number; subjects: string[] }>(
      `select r.customer_id as "customerId", array_agg(distinct s.subject) as subjects
       from system t join hold h on h.reason = 'changed-much' and h.answer = 'let-in' and h.answered_at > t.proved_at
       join record_entry e on e.hold_id = h.hold_id
       join source_record r on r.record_id = e.record_id and r.customer_id = any($2::bigint[])
       cross join lateral json_array_elements_text(h.seen::json -> 'subjects') as s(subject)
       where t.system_id = $1 group by 1`,
      [systemId, customerIds],
    );
    return new Map(rows.map(({ customerId, subjects }) => [customerId, new Set(subjects)]));
  }
}
