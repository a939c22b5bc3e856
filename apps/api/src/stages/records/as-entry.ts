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
  const { version, at, saidAt, data: native, delivery } = row;
  const place = { version, at, content: contentOnce(native, lens), native };
  if (delivery && delivery.version === version && byDelivery.has(delivery.id))
    return { ...place, kind: 'receipt', deliveryId: delivery.id, refused: {} };
  return { ...place, kind, saidAt };
}

/** A patch, an increment or a delete. Intake has refused an increment without a version or an event. */
export function asPart({ act, version, at, data, eventId }: TimedRow): PatchEntry | IncrementEntry | DeleteEntry {
  if (act === 'delete') return { kind: 'delete', version, at, content: contentHash(['deleted']), native: null };
  if (act === 'patch') return { kind: 'patch', version, at, content: contentHash(data), native: data };
  const native = data as IncrementEntry['native'];
  return {
    kind: 'increment',
    version: version!,
    at,
    content: contentHash([eventId, native]),
    eventId: eventId!,
    native,
  };
}
