import type { AdapterRow, ListPage, Receipt, UpsertItem } from '@cinch/system-adapter/protocol';
import { ProblemError } from '../../src/platform/problem-error.ts';

/** What becomes of a call: answered, refused before anything is done, done with the answer lost on the way, or done long after the hub gave up. */
export type Weather = 'fair' | 'away' | 'answer-lost' | 'late';

interface Write {
  deliveryId: string;
  key: string;
  isCreate: boolean;
}

/** A target in memory, behind the hub's own port, that keeps a log of all that it wrote: the oracle of what went out. */
export class LedgerTarget {
  weather: Weather = 'fair';
  /** False: what has come before is not known again, and rows do not say who wrote them. */
  keepsDeliveryIds = true;
  /** How it writes a given name; by default as it comes. */
  written = (given: unknown): unknown => given;
  /** What it answers in place of doing what it is sent; null: it does it. */
  instead: ((item: UpsertItem) => AdapterRow | null) | null = null;
  /** What happens elsewhere while it takes its time over a call. */
  meanwhile: (() => Promise<unknown>) | null = null;
  /** Every write that was carried out, in order. */
  readonly log: Write[] = [];
  /** The ids of the deliveries of every call that arrived. */
  readonly arrived: string[][] = [];
  private lastNumber = 0;
  private late: UpsertItem[] = [];
  private readonly rows = new Map<string, AdapterRow>();
  private readonly receipts = new Map<string, Receipt>();

  list(): ListPage {
    if (this.weather === 'away') throw away();
    const rows = [...this.rows.values()].toSorted((a, b) => (a.key < b.key ? -1 : 1));
    return { rows, nextCursor: null };
  }

  upsert(items: readonly UpsertItem[]): Receipt[] {
    if (this.weather === 'away') throw away();
    this.arrived.push(items.map(({ deliveryId }) => deliveryId));
    if (this.weather === 'late') {
      this.late.push(...items);
      throw away();
    }
    const receipts = items.map((item): Receipt => {
      const row = this.instead?.(item);
      return row ? { deliveryId: item.deliveryId, outcome: 'stored', row, refused: [] } : this.take(item);
    });
    if (this.weather === 'answer-lost') throw away();
    return receipts;
  }

  /** What came late is done by now. */
  catchUp(): void {
    for (const item of this.late.splice(0)) this.take(item);
  }

  /** The rows as they stand. */
  shown(): AdapterRow[] {
    return [...this.rows.values()];
  }

  /** An edit by its own user, or a row that is made by one. */
  edit(key: string, fields: UpsertItem['fields']): AdapterRow {
    return this.write(key, fields, null);
  }

  /** Behind its back: nothing but the row itself tells of it. */
  rewrite(key: string, data: Partial<AdapterRow['data']>): void {
    const row = this.rows.get(key)!;
    this.rows.set(key, { ...row, data: { ...row.data, ...data } as AdapterRow['data'] });
  }

  /** Behind its back: the row is gone, and nobody tells of it. */
  lose(key: string): void {
    this.rows.delete(key);
  }

  /** A row that nobody tells of. */
  plant(row: AdapterRow): void {
    this.rows.set(row.key, row);
  }

  private take({ deliveryId, key, ifMatch, fields }: UpsertItem): Receipt {
    const first = this.receipts.get(deliveryId);
    if (first && this.keepsDeliveryIds) return first;
    const before = key === null ? null : this.rows.get(key);
    const receipt = (outcome: Receipt['outcome'], row: AdapterRow | null): Receipt => {
      return { deliveryId, outcome, row, refused: [] };
    };
    if (before === undefined) return receipt('unknown-key', null);
    if (before !== null && ifMatch !== null && ifMatch !== before.version) return receipt('mismatch', before);
    // No key is given twice, though its row may be lost.
    if (key === null) this.lastNumber = Math.max(this.lastNumber, this.rows.size) + 1;
    const name = key ?? `S-${String(this.lastNumber).padStart(4, '0')}`;
    const answer = receipt('stored', this.write(name, fields, deliveryId));
    this.log.push({ deliveryId, key: name, isCreate: key === null });
    this.receipts.set(deliveryId, answer);
    return answer;
  }

  private write(key: string, fields: UpsertItem['fields'], deliveryId: string | null): AdapterRow {
    const before = this.rows.get(key);
    const version = (before?.version ?? 0) + 1;
    const isNamed = deliveryId !== null && this.keepsDeliveryIds;
    const delivery = isNamed ? { id: deliveryId, version } : (before?.delivery ?? null);
    const changedAt = new Date().toISOString();
    const data: AdapterRow['data'] = { ...before?.data, ...fields, id: key };
    data['given'] = this.written(data['given']) as string;
    const row = { key, version, changedAt, delivery, data };
    this.rows.set(key, row);
    return row;
  }
}

function away(): ProblemError {
  return new ProblemError('adapter-unreachable', 'The target did not answer.');
}
