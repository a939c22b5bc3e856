import type { Tx } from '../platform/transaction.ts';
import { stored, type FoldedRecord, type Timelines } from '../stages/records/timelines.ts';
import { mustWork, type SystemInForce } from './systems-in-force.ts';

/** The records, of which these are derived anew, each in its place: what holds an entry, or lets one in, changes only its own record. */
export async function refoldSome(
  tx: Tx,
  timelines: Timelines,
  inForce: ReadonlyMap<number, SystemInForce>,
  folded: readonly FoldedRecord[],
  recordIds: readonly number[],
): Promise<readonly FoldedRecord[]> {
  if (recordIds.length === 0) return folded;
  const again = await timelines.refold(tx, stored(recordIds), (systemId) => mustWork(inForce.get(systemId)!));
  const byId = new Map(again.map((record) => [record.recordId, record]));
  return folded.map((record) => byId.get(record.recordId) ?? record);
}
