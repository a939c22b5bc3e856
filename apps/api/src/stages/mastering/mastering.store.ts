import { Injectable } from '@nestjs/common';
import type { AttributeId, CustomerKind, GoldenAttributes } from '@cinch/canonical-model';
import { columns } from '../../platform/columns.ts';
import type { Tx } from '../../platform/transaction.ts';

export interface GoldenRow {
  customerId: number;
  version: number;
  kind: CustomerKind;
  attributes: GoldenAttributes;
  heldAttributes: AttributeId[];
}

export interface ConflictRow {
  conflictId: number;
  customerId: number;
  attribute: AttributeId;
  candidates: string;
}

export interface ChoiceRow {
  decision_id: number;
  attribute: AttributeId;
  chosen: string;
  basis: string[];
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
  async golden(tx: Tx, customerIds: readonly number[]): Promise<Map<number, GoldenRow>> {
    const rows = await tx.query<{
      customer_id: number;
      version: number;
      kind: CustomerKind;
      attributes: string;
      held_attributes: AttributeId[];
    }>(
      `select g.customer_id, g.version, g.kind, g.attributes, g.held_attributes
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
          heldAttributes: row.held_attributes,
        },
      ]),
    );
  }

  /** The latest history version of each: a retired customer that comes back goes on where it stopped. */
  async lastVersions(tx: Tx, customerIds: readonly number[]): Promise<Map<number, number>> {
    const rows = await tx.query<{ customer_id: number; version: number }>(
      `select h.customer_id, max(h.version)::int as version from unnest($1::bigint[]) as t(id)
       join golden_history h on h.customer_id = t.id group by 1`,
      [customerIds],
    );
    return new Map(rows.map((row) => [row.customer_id, row.version]));
  }

  async save(tx: Tx, rows: readonly (GoldenRow & { display: string })[], at: number): Promise<void> {
    const flat = rows.map((row) => ({
      ...row,
      attributes: JSON.stringify(row.attributes),
      held: row.heldAttributes.join(','),
    }));
    await tx.query(
      `insert into golden (customer_id, version, kind, display, attributes, held_attributes, changed_at)
       select id, version, kind, display, attributes, coalesce(string_to_array(nullif(held, ''), ','), '{}'), $7
       from unnest($1::bigint[], $2::int[], $3::text[], $4::text[], $5::text[], $6::text[])
         as t(id, version, kind, display, attributes, held) order by id
       on conflict (customer_id) do update set version = excluded.version, kind = excluded.kind, display = excluded.display,
         attributes = excluded.attributes, held_attributes = excluded.held_attributes, changed_at = excluded.changed_at`,
      [...columns(flat, ['customerId', 'version', 'kind', 'display', 'attributes', 'held']), new Date(at)],
    );
  }

  async addHistory(tx: Tx, rows: readonly HistoryRow[], at: number): Promise<void> {
    await tx.query(
      `insert into golden_history (customer_id, version, from_at, cause, was, became)
       select t.id, t.version, $6, t.cause, t.was, t.became
       from unnest($1::bigint[], $2::int[], $3::text[], $4::text[], $5::text[]) as t(id, version, cause, was, became)`,
      [...columns(rows, ['customerId', 'version', 'cause', 'was', 'became']), new Date(at)],
    );
  }

  async saveSearch(tx: Tx, rows: readonly { customerId: number; doc: string }[]): Promise<void> {
    await tx.query(
      `insert into customer_search (customer_id, doc) select * from unnest($1::bigint[], $2::text[]) order by 1
       on conflict (customer_id) do update set doc = excluded.doc where customer_search.doc <> excluded.doc`,
      columns(rows, ['customerId', 'doc']),
    );
  }

  /** A retired customer has no golden record any more; its history stays. */
  async retire(tx: Tx, customerIds: readonly number[]): Promise<void> {
    if (customerIds.length === 0) return;
    await tx.query('delete from golden where customer_id = any($1)', [customerIds]);
    await tx.query('delete from customer_search where customer_id = any($1)', [customerIds]);
  }

  async openConflicts(tx: Tx, customerIds: readonly number[]): Promise<ConflictRow[]> {
    const rows = await tx.query<{
      conflict_id: number;
      customer_id: number;
      attribute: AttributeId;
      candidates: string;
    }>(
      `select c.conflict_id, c.customer_id, c.attribute, c.candidates from unnest($1::bigint[]) as t(id)
       join conflict c on c.customer_id = t.id and c.closed_at is null`,
      [customerIds],
    );
    return rows.map((row) => ({
      conflictId: row.conflict_id,
      customerId: row.customer_id,
      attribute: row.attribute,
      candidates: row.candidates,
    }));
  }

  async openConflict(tx: Tx, rows: readonly Omit<ConflictRow, 'conflictId'>[], at: number): Promise<void> {
    if (rows.length === 0) return;
    await tx.query(
      `insert into conflict (customer_id, attribute, candidates, opened_at)
       select t.id, t.attribute, t.candidates, $4 from unnest($1::bigint[], $2::text[], $3::text[]) as t(id, attribute, candidates)`,
      [...columns(rows, ['customerId', 'attribute', 'candidates']), new Date(at)],
    );
  }

  async updateConflict(tx: Tx, rows: readonly { conflictId: number; candidates: string }[]): Promise<void> {
    if (rows.length === 0) return;
    await tx.query(
      `update conflict c set candidates = t.candidates from unnest($1::bigint[], $2::text[]) as t(id, candidates)
       where c.conflict_id = t.id`,
      columns(rows, ['conflictId', 'candidates']),
    );
  }

  async closeConflict(tx: Tx, rows: readonly { conflictId: number; closedBy: string }[], at: number): Promise<void> {
    if (rows.length === 0) return;
    await tx.query(
      `update conflict c set closed_at = $3, closed_by = t.closed_by from unnest($1::bigint[], $2::text[]) as t(id, closed_by)
       where c.conflict_id = t.id and c.closed_at is null`,
      [...columns(rows, ['conflictId', 'closedBy']), new Date(at)],
    );
  }

  /** Standing choices about any of these records. */
  async choices(tx: Tx, recordIds: readonly number[]): Promise<ChoiceRow[]> {
    return tx.query<ChoiceRow>(
      `select decision_id, attribute, chosen, basis from decision
       where kind = 'choice' and undone_at is null and records && $1::bigint[] order by decision_id`,
      [recordIds],
    );
  }
}
