import type { AssertionRef } from '@cinch/canonical-model';
import type { Tx } from '../../platform/transaction.ts';

/** How a source record is named to a reader. */
export interface RecordName {
  system: string;
  systemName: string;
  sourceId: string | null;
}

const steward: RecordName = { system: 'steward', systemName: 'Steward', sourceId: null };

/** Names of records, also of those that have left the customer since. */
export class RecordNames {
  private constructor(private readonly names: ReadonlyMap<number, RecordName>) {}

  static async of(tx: Tx, recordIds: Iterable<number>): Promise<RecordNames> {
    const rows = await tx.query<RecordName & { recordId: number }>(
      `select r.record_id as "recordId", s.code as system, s.name as "systemName", r.source_key as "sourceId"
       from unnest($1::bigint[]) as t(id) join source_record r on r.record_id = t.id join system s using (system_id)`,
      [[...new Set(recordIds)]],
    );
    return new RecordNames(new Map(rows.map(({ recordId, ...name }) => [recordId, name])));
  }

  get(recordId: number): RecordName {
    return this.names.get(recordId) ?? { system: 'unknown', systemName: 'an unknown record', sourceId: null };
  }

  /** Who says the assertion: a record, or the steward whose pin it is. */
  speakerOf({ recordId, position }: AssertionRef): RecordName {
    return position.startsWith('pin.') ? steward : this.get(recordId);
  }

  /** The record in a sentence. */
  inWords(recordId: number): string {
    const { systemName, sourceId } = this.get(recordId);
    return sourceId === null ? systemName : `${systemName} ${sourceId}`;
  }
}
