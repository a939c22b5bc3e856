import type pg from 'pg';

const pageSize = 10_000;

interface RecordRow {
  id: string;
  system: string;
  key: string | null;
  follows: string | null;
  customer: string | null;
}

/** What ids stand for in one hub, in words that another hub has as well: a record is its system and key, a customer its first record. */
export class Names {
  readonly records = new Map<number, string>();
  readonly customers = new Map<number, string>();
  /** Positions of entries that the hub made itself: they name its clock and its random delivery ids. */
  private readonly ownPositions = new Set<string>();

  static async read(client: pg.Client): Promise<Names> {
    const names = new Names();
    await names.readRecords(client);
    await names.readOwnPositions(client);
    return names;
  }

  record(id: number | string): string {
    return this.records.get(Number(id)) ?? 'a record that is not there';
  }

  customer(id: number | string): string {
    return this.customers.get(Number(id)) ?? 'a customer without records';
  }

  isOwn(position: string): boolean {
    return position.startsWith('pin.') || this.ownPositions.has(position);
  }

  private async readRecords(client: pg.Client): Promise<void> {
    const unnamed: RecordRow[] = [];
    for await (const row of pages<RecordRow>(
      client,
      `select r.record_id as id, s.code as system, r.source_key as key, r.founded_by as follows, r.customer_id as customer
       from source_record r join system s using (system_id) where r.record_id > $1 order by r.record_id limit $2`,
    )) {
      if (row.key === null) unnamed.push(row);
      else this.add(row, `${row.system} ${row.key}`);
    }
    for (const row of unnamed) this.add(row, `${row.system} (to be made for ${this.record(row.follows ?? 0)})`);
  }

  private add({ id, customer }: RecordRow, name: string): void {
    this.records.set(Number(id), name);
    if (customer === null) return;
    const first = this.customers.get(Number(customer));
    if (first === undefined || name < first) this.customers.set(Number(customer), name);
  }

  private async readOwnPositions(client: pg.Client): Promise<void> {
    for await (const { position } of pages<{ id: string; position: string }>(
      client,
      `select entry_id as id, '-.' || (extract(epoch from at) * 1000)::bigint || '.' || replace(content::text, '-', '') as position
       from record_entry where entry_id > $1 and version is null and (kind = 'offer' or (kind = 'receipt' and native = 'null'))
       order by entry_id limit $2`,
    )) {
      this.ownPositions.add(position);
    }
  }
}

async function* pages<Row extends { id: string }>(client: pg.Client, sql: string): AsyncGenerator<Row> {
  for (let last = '0'; ;) {
    const { rows } = await client.query<Row>(sql, [last, pageSize]);
    yield* rows;
    if (rows.length < pageSize) return;
    last = rows.at(-1)!.id;
  }
}
