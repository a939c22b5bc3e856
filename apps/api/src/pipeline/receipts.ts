import { mostVersion, type Json, type Lens, type ReceiptEntry } from '@cinch/canonical-model';
import type { Receipt } from '@cinch/system-adapter/protocol';
import { contentHash } from '../platform/content-hash.ts';
import { statedTime } from '../stages/records/read-rows.ts';
import { holdsAsSent } from '../stages/refreshes/as-sent.ts';
import type { SentItem } from '../stages/refreshes/items.store.ts';

/** Nothing that was sent is named: all of it waits. */
export function asForeign({ deliveryId }: Receipt): Receipt {
  const detail = 'The answer shows a row of another record.';
  return { deliveryId, outcome: 'refused', row: null, refused: [{ path: '', code: 'row-of-another', detail }] };
}

/**
 * The row in the answer counts as stored when it is news to the hub, whoever made that version: else the receipt would explain a row
 * that the hub has not seen. A delivery that left the row as it was known (all refused, or nothing to change) brings no row.
 */
export function asReceipt(receipt: Receipt, lens: Lens, headVersion: number | null, now: number): ReceiptEntry {
  const { row, deliveryId } = receipt;
  const refused = Object.fromEntries(receipt.refused.map(({ path, code }) => [path, code]));
  const isPossible = row !== null && row.version <= mostVersion;
  const isNews = isPossible && row.version > (headVersion ?? 0);
  const isOurs = isPossible && row.delivery?.id === deliveryId && row.delivery.version === row.version;
  if (!isNews && !isOurs) {
    const place = { version: null, at: now, content: contentHash([deliveryId]) };
    return { kind: 'receipt', ...place, native: null, deliveryId, refused };
  }
  const data = row.data as Json;
  const read = lens.envelope(data);
  const { stated } = statedTime(read.ok ? read.envelope.changedAt : null, now);
  const timing = stated === null ? 'accepted' : 'stated';
  const place = { version: row.version, at: stated ?? now, timing, content: contentHash(data) } as const;
  return { kind: 'receipt', ...place, native: data, deliveryId, refused };
}

export function outcomeOf(item: SentItem, receipt: Receipt, lens: Lens) {
  if (receipt.outcome === 'mismatch') return { outcome: 'mismatch' as const, code: 'changed-meanwhile' };
  if (receipt.outcome === 'unknown-key') return { outcome: 'failed' as const, code: 'unknown-key' };
  const [refused] = receipt.refused;
  if (refused || receipt.row === null) return { outcome: 'parked' as const, code: refused?.code ?? 'refused' };
  const kept = holdsAsSent(item.fields, receipt.row.data as Json, lens);
  return kept ? { outcome: 'stored' as const, code: null } : { outcome: 'parked' as const, code: 'changed-by-system' };
}
