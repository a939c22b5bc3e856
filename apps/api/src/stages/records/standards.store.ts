import { Injectable } from '@nestjs/common';
import { isWhole, Standards, type Lens } from '@cinch/canonical-model';
import { columns } from '../../platform/columns.ts';
import type { Tx } from '../../platform/transaction.ts';
import type { Filing } from './timelines.store.ts';

const counted = ['attribute', 'passes', 'doubted', 'fails', 'doubtedRecord', 'failedRecord'] as const;

/** Running counts of how the values fare that systems tell, by attribute and day. */
@Injectable()
export class StandardsStore {
  /** Counts the whole rows among what is filed, as part of its transaction: one statement, however many rows these are. */
  async add(tx: Tx, systemId: number, lens: Lens, filings: readonly Filing[], at: number): Promise<void> {
    const standards = new Standards(lens);
    const latest = new Map<string, { doubted?: number; fails?: number }>();
    for (const { recordId, entry } of filings) {
      if (!isWhole(entry)) continue;
      standards.note(lens.read(entry.native), (attribute, how) => {
        latest.set(attribute, { ...latest.get(attribute), [how]: recordId });
      });
    }
    const counts = standards.counts().map((tally) => {
      const { doubted = null, fails = null } = latest.get(tally.attribute) ?? {};
      return { ...tally, doubtedRecord: doubted, failedRecord: fails };
    });
    if (counts.length === 0) return;
    await tx.write(
      `insert into standard_day as s (system_id, day, attribute, passes, doubted, fails, doubted_record, failed_record)
       select $1, $2::date, * from unnest($3::text[], $4::bigint[], $5::bigint[], $6::bigint[], $7::bigint[], $8::bigint[])
       on conflict (system_id, day, attribute) do update
         set passes = s.passes + excluded.passes, doubted = s.doubted + excluded.doubted, fails = s.fails + excluded.fails,
           doubted_record = coalesce(excluded.doubted_record, s.doubted_record),
           failed_record = coalesce(excluded.failed_record, s.failed_record)`,
      [systemId, new Date(at).toISOString().slice(0, 10), ...columns(counts, counted)],
    );
  }

  /** Whether there was anything to drop. */
  async dropBefore(tx: Tx, at: number): Promise<boolean> {
    const day = new Date(at).toISOString().slice(0, 10);
    return (await tx.query('delete from standard_day where day < $1::date returning 1', [day])).length > 0;
  }
}
