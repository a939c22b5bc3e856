import type { DeleteEntry, IncrementEntry, Lens, PatchEntry, ReceiptEntry, RowEntry } from '@cinch/canonical-model';
import { contentHash } from '../../platform/content-hash.ts';
import { contentOnce } from './read-once.ts';
import type { TimedRow } from './read-rows.ts';
import type { RecordHead } from './record-row.ts';

/** A row at the version that a delivery of ours made is that delivery's receipt, even when the answer itself was lost. */
export function asWhole(
  row: TimedRow,
  kind: 'push' | 'heard',
  lens: Lens,
  byDelivery: ReadonlyMap<string, RecordHead>,
): RowEntry | ReceiptEntry {
  const { saidAt, data: native, delivery } = row;
  const place = { ...placeOf(row), content: contentOnce(native, lens), native };
  if (delivery && delivery.version === row.version && byDelivery.has(delivery.id))
    return { ...place, kind: 'receipt', deliveryId: delivery.id, refused: {} };
  return { ...place, kind, saidAt };
}

/** A patch, an increment or a delete. Intake has refused an increment without a version or an event. */
export function asPart(row: TimedRow): PatchEntry | IncrementEntry | DeleteEntry {
  const { act, version, data, eventId } = row;
  const place = placeOf(row);
  if (act === 'delete') return { ...place, kind: 'delete', content: contentHash(['deleted']), native: null };
  if (act === 'patch') return { ...place, kind: 'patch', content: contentHash(data), native: data };
  const native = data as IncrementEntry['native'];
  const content = contentHash([eventId, native]);
  return { ...place, kind: 'increment', version: version!, content, eventId: eventId!, native };
}

function placeOf({ version, at, timing, acceptance, eventId }: TimedRow) {
  return { version, at, timing, acceptance, eventId };
}
