import { Injectable } from '@nestjs/common';
import type { AttributeId, ChangeRequest, CustomerKind, GoldenAttributes } from '@cinch/canonical-model';
import { columns } from '../../platform/columns.ts';
import type { Glance, Tx } from '../../platform/transaction.ts';

export interface GoldenRow {
  customerId: number;
  version: number;
  kind: CustomerKind;
  attributes: GoldenAttributes;
  heldAttributes: AttributeId[];
  /** Writes to attributes that another system owns, open or accepted and not yet carried out. */
  requests: ChangeRequest[];
  /** When time alone may change the golden record, in milliseconds since 1970. */
  recheckAt: number | null;
}

/** What is kept of a golden record as text. */
export interface GoldenTexts {
  attributesText: string;
  requestsText: string;
}

/** A golden record about to be written. */
export type StoredGolden = Omit<GoldenRow, 'attributes' | 'requests'> & GoldenTexts & { display: string };

export interface ConflictRow {
  conflictId: number;
  customerId: number;
  attribute: AttributeId;
  cause: 'concurrent' | 'asked' | 'pins';
  candidates: string;
}

export interface HistoryRow {
  customerId: number;
  version: number;
  cause: string;
  was: string;
  became: string;
}

/** Golden records, their history and search text, and conflicts. */
@Injectable()
export class MasteringStore {
  async golden(tx: Tx, customerIds: readonly number[]): Promise<Map<number, GoldenRow & GoldenTexts>> {
    if (customerIds.length === 0) return new Map();
    const rows = await tx.query<{
      customer_id: number;
      version: number;
      kind: CustomerKind;
      attributes: string;
      held_attributes: AttributeId[];
      requests: string;
      recheck_at: Date | null;
    }>(
      `select g.customer_id, g.version, g.kind, g.attributes, g.held_attributes, g.requests, g.recheck_at
       from unnest($1::bigint[]) as t(id) join golden g on g.customer_id = t.id`,
      [customerIds],
    );
    return new Map(
      rows.map((row) => [
        row.customer_id,
        {
          customerId: row.customer_id,
          version: row.version,
          kind: row.kind,
          attributes: JSON.parse(row.attributes) as GoldenAttributes,
          attributesText: row.attributes,
          heldAttributes: row.held_attributes,
          requests: JSON.parse(row.requests) as ChangeRequest[],
          requestsText: row.requests,
          recheckAt: row.recheck_at?.getTime() ?? null,
        },
      ]),
    );
  }

  /** The latest history version of each: a retired customer that comes back goes on where it stopped. */
  async lastVersions(tx: Tx, customerIds: readonly number[]): Promise<Map<number, number>> {
    if (customerIds.length === 0) return new Map();
    const rows = await tx.query<{ customer_id: number; version: number }>(
      `select h.customer_id, max(h.version)::int as version from unnest($1::bigint[]) as t(id)
       join golden_history h on h.customer_id = t.id group by 1`,
      [customerIds],
    );
    return new Map(rows.map((row) => [row.customer_id, row.version]));
  }

  /** Golden records of customers that have none yet. */
  async add(tx: Tx, rows: readonly StoredGolden[], at: number): Promise<void> {
    const names = [
      'customer_id',
      'version',
      'kind',
      'display',
      'attributes',
      'held_attributes',
      'requests',
      'recheck_at',
    ];
    await tx.copy(
      'golden',
      [...names, 'changed_at'],
      rows.map((row) => [
        row.customerId,
        row.version,
        row.kind,
        row.display,
        row.attributesText,
        arrayText(row.heldAttributes),
        row.requestsText,
        row.recheckAt === null ? null : new Date(row.recheckAt),
        new Date(at),
      ]),
    );
  }

  /** Golden records that moved. By COPY: in a list of texts each quotation mark of their JSON would be escaped, and read again. */
  async replace(tx: Tx, rows: readonly StoredGolden[], at: number): Promise<void> {
    if (rows.length === 0) return;
    const customerIds = rows.map((row) => row.customerId);
    await tx.write('delete from golden g using unnest($1::bigint[]) as t(id) where g.customer_id = t.id', [
      customerIds,
    ]);
    await this.add(tx, rows, at);
  }

  /** Customers with a golden record, in the order of their ids. */
  async after(tx: Tx, customerId: number, limit: number): Promise<number[]> {
    const rows = await tx.query<{ customer_id: number }>(
      'select customer_id from golden where customer_id > $1 order by 1 limit $2',
      [customerId, limit],
    );
    return rows.map((row) => row.customer_id);
  }

  /** All customers with a golden record, so many at a time. */
  async *pages(tx: Tx, limit: number): AsyncGenerator<number[]> {
    for (let last = 0; ;) {
      const customerIds = await this.after(tx, last, limit);
      if (customerIds.length === 0) return;
      yield customerIds;
      last = customerIds.at(-1)!;
    }
  }

  /** Customers that time alone may have changed by now. */
  async due(tx: Glance, now: number, limit: number): Promise<number[]> {
    const rows = await tx.query<{ customer_id: number }>(
      'select customer_id from golden where recheck_at <= $1 order by recheck_at limit $2',
      [new Date(now), limit],
    );
    return rows.map((row) => row.customer_id);
  }

  async addHistory(tx: Tx, rows: readonly HistoryRow[], at: number): Promise<void> {
    await tx.copy(
      'golden_history',
      ['customer_id', 'version', 'from_at', 'cause', 'was', 'became'],
      rows.map((row) => [row.customerId, row.version, new Date(at), row.cause, row.was, row.became]),
    );
  }

  /** What a customer is found by; `isNew`: nothing is stored of it yet. */
  async saveSearch(tx: Tx, rows: readonly { customerId: number; doc: string; isNew: boolean }[]): Promise<void> {
    const begun = rows.filter(({ isNew }) => isNew);
    await tx.copy(
      'customer_search',
      ['customer_id', 'doc'],
      begun.map(({ customerId, doc }) => [customerId, doc]),
    );
    const known = rows.filter(({ isNew }) => !isNew);
    if (known.length === 0) return;
    await tx.write(
      `insert into customer_search (customer_id, doc) select * from unnest($1::bigint[], $2::text[]) order by 1
       on conflict (customer_id) do update set doc = excluded.doc where customer_search.doc <> excluded.doc`,
      columns(known, ['customerId', 'doc']),
    );
  }

  /** A retired customer has a live record again. */
  async revive(tx: Tx, customerIds: readonly number[]): Promise<void> {
    if (customerIds.length === 0) return;
    await tx.write(`update customer set state = 'live' where customer_id = any($1) and state <> 'live'`, [customerIds]);
  }

  /** A retired customer has no golden record any more; its id still resolves and its history stays. */
  async retire(tx: Tx, customerIds: readonly number[]): Promise<void> {
    if (customerIds.length === 0) return;
    await tx.write(`update customer set state = 'retired' where customer_id = any($1)`, [customerIds]);
    await tx.write('delete from golden where customer_id = any($1)', [customerIds]);
    await tx.write('delete from customer_search where customer_id = any($1)', [customerIds]);
  }

  async openConflicts(tx: Tx, customerIds: readonly number[]): Promise<ConflictRow[]> {
    if (customerIds.length === 0) return [];
    const rows = await tx.query<{
      conflict_id: number;
      customer_id: number;
      attribute: AttributeId;
      cause: ConflictRow['cause'];
      candidates: string;
    }>(
      `select c.conflict_id, c.customer_id, c.attribute, c.cause, c.candidates from unnest($1::bigint[]) as t(id)
       join conflict c on c.customer_id = t.id and c.closed_at is null`,
      [customerIds],
    );
    return rows.map((row) => ({
      conflictId: row.conflict_id,
      customerId: row.customer_id,
      attribute: row.attribute,
      cause: row.cause,
      candidates: row.candidates,
    }));
  }

  async openConflict(tx: Tx, rows: readonly Omit<ConflictRow, 'conflictId'>[], at: number): Promise<void> {
    if (rows.length === 0) return;
    await tx.write(
      `insert into conflict (customer_id, attribute, cause, candidates, opened_at)
       select t.id, t.attribute, t.cause, t.candidates, $5
       from unnest($1::bigint[], $2::text[], $3::text[], $4::text[]) as t(id, attribute, cause, candidates)`,
      [...columns(rows, ['customerId', 'attribute', 'cause', 'candidates']), new Date(at)],
    );
  }

  async updateConflict(
    tx: Tx,
    rows: readonly Pick<ConflictRow, 'conflictId' | 'cause' | 'candidates'>[],
  ): Promise<void> {
    if (rows.length === 0) return;
    await tx.write(
      `update conflict c set candidates = t.candidates, cause = t.cause
       from unnest($1::bigint[], $2::text[], $3::text[]) as t(id, cause, candidates) where c.conflict_id = t.id`,
      columns(rows, ['conflictId', 'cause', 'candidates']),
    );
  }

  async closeConflict(tx: Tx, rows: readonly { conflictId: number; closedBy: string }[], at: number): Promise<void> {
    if (rows.length === 0) return;
    await tx.write(
      `update conflict c set closed_at = $3, closed_by = t.closed_by from unnest($1::bigint[], $2::text[]) as t(id, closed_by)
       where c.conflict_id = t.id and c.closed_at is null`,
      [...columns(rows, ['conflictId', 'closedBy']), new Date(at)],
    );
  }
}

/** A list of texts as COPY takes it. */
function arrayText(texts: readonly string[]): string {
  return `{${texts.map((text) => `"${text.replace(/["\\]/g, '\\$&')}"`).join(',')}}`;
}
