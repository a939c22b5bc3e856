import type { Lens } from '@cinch/canonical-model';
import type { TimedRow } from './read-rows.ts';
import type { RecordHead } from './record-row.ts';

/** The records that these rows begin, by key: with an id, stored once they are worked out. */
export function beginRecords(
  { systemId, lens }: { systemId: number; lens: Lens },
  wholes: readonly TimedRow[],
  reserved: ReadonlyMap<string, number>,
): Map<string, RecordHead> {
  const rows = new Map(wholes.map((row) => [row.key, row]));
  return new Map(
    [...rows].map(([key, row]) => {
      const head: RecordHead = {
        recordId: reserved.get(key)!,
        systemId,
        sourceKey: key,
        customerId: null,
        origin: 'push',
        follows: null,
        state: 'live',
        kind: lens.read(row.data).kind,
        life: 0,
        confirmedGone: null,
        excluded: false,
        holdId: null,
      };
      return [key, head];
    }),
  );
}
