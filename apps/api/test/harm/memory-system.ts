import type { AdapterRow, Receipt, UpsertItem } from '@cinch/system-adapter/protocol';
import { planWrite, type NativeModel } from '@cinch/system-adapter/reference-system';
import type { ListedPage } from '../../src/stages/refreshes/listed-page.ts';

export type Data = AdapterRow['data'];

/** One of the reference systems by its own rules, with its rows in memory, behind the hub's port. */
export class MemorySystem {
  /** Rows that the hub wrote. */
  readonly written = new Set<string>();

  /** It is listed from a copy that has not got the last change of any row yet. */
  lagging = false;
  private readonly before = new Map<string, AdapterRow>();

  constructor(
    private readonly model: NativeModel,
    private readonly now: () => number,
    private readonly rows = new Map<string, AdapterRow>(),
  ) {}

  /** Another one that holds the same rows from now on. */
  copy(now: () => number): MemorySystem {
    return new MemorySystem(this.model, now, new Map(this.rows));
  }

  list(cursor: string | null, most: number): ListedPage {
    const all = this.all();
    const from = cursor === null ? 0 : Number(cursor);
    const to = from + most;
    const rows = all.slice(from, to).map((row) => (this.lagging ? (this.before.get(row.key) ?? row) : row));
    return { rows, bad: [], nextCursor: to < all.length ? String(to) : null };
  }

  find(key: string): AdapterRow | null {
    return this.rows.get(key) ?? null;
  }

  all(): AdapterRow[] {
    return [...this.rows.values()].toSorted((a, b) => (a.key < b.key ? -1 : 1));
  }

  upsert(items: readonly UpsertItem[]): Receipt[] {
    return items.map((item) => this.take(item));
  }

  /** Its own user, or its own bug, makes a whole row of it, in which its rules have no say. */
  change(key: string, data: Data): AdapterRow {
    this.keepBefore(key);
    const row = {
      ...this.model.revise(data, key, this.find(key), this.now()),
      delivery: this.find(key)?.delivery ?? null,
    };
    this.rows.set(key, row);
    return row;
  }

  /** As it was. */
  putBack(row: AdapterRow): void {
    this.rows.set(row.key, row);
  }

  remove(key: string): void {
    this.rows.delete(key);
  }

  private keepBefore(key: string): void {
    const row = this.find(key);
    if (row) this.before.set(key, row);
  }

  private take({ deliveryId, key, ifMatch, fields }: UpsertItem): Receipt {
    const before = key === null ? null : this.rows.get(key);
    const answer = (outcome: Receipt['outcome'], row: AdapterRow | null, refused: Receipt['refused'] = []): Receipt => {
      return { deliveryId, outcome, row, refused };
    };
    if (before === undefined) return answer('unknown-key', null);
    if (before && ifMatch !== null && ifMatch !== before.version) return answer('mismatch', before);
    const plan = planWrite(this.model, before?.data ?? null, fields, this.now());
    if (plan.kind === 'refused') return answer('refused', before, plan.refused);
    if (plan.kind === 'unchanged') return answer('stored', before, plan.refused);
    const name = before?.key ?? `made-${this.rows.size + 1}`;
    this.keepBefore(name);
    const revised = this.model.revise(plan.data, name, before, this.now());
    const row = { ...revised, delivery: { id: deliveryId, version: revised.version } };
    this.rows.set(name, row);
    this.written.add(name);
    return answer('stored', row, plan.refused);
  }
}
