import { inOrder } from '../attributes.ts';
import { modelInForce } from '../../platform/model-in-force.ts';
import { Injectable } from '@nestjs/common';
import type { Customer, GoldenValue } from '@cinch/api-contract';
import {
  entriesOf,
  type AttributeId,
  type CustomerKind,
  type GoldenAttribute,
  type GoldenAttributes,
  type Model,
} from '@cinch/canonical-model';
import type { Tx } from '../../platform/transaction.ts';
import { instantSaid } from '../instant.ts';
import { RecordNames } from '../records/record-names.ts';
import { resolveCustomer } from './customer-identity.ts';
import { MemberQueries } from './member.queries.ts';

interface GoldenRow {
  version: number;
  kind: CustomerKind;
  display: string;
  attributes: string;
  heldAttributes: AttributeId[];
  changedAt: Date;
}

@Injectable()
export class CustomerQueries {
  constructor(private readonly members: MemberQueries) {}

  async one(tx: Tx, publicId: string): Promise<Customer> {
    const { customerId, publicId: current, state } = await resolveCustomer(tx, publicId);
    const row = await this.golden(tx, customerId);
    if (!row) return this.retired(tx, customerId, current);
    const golden = JSON.parse(row.attributes) as GoldenAttributes;
    const model = await modelInForce(tx);
    const conflicts = await this.openConflicts(tx, customerId);
    const names = await RecordNames.of(tx, recordsIn(golden));
    const mappings = await this.mappingVersions(tx, golden);
    return {
      customerId: current,
      kind: row.kind,
      display: row.display,
      version: row.version,
      state,
      changedAt: row.changedAt.toISOString(),
      values: inOrder(entriesOf<GoldenAttribute>(golden), model).map(([attribute, value]) => ({
        ...valueOf(attribute, value, names, mappings, model),
        held: row.heldAttributes.includes(attribute),
        conflictId: conflicts.get(attribute) ?? null,
      })),
      members: await this.members.of(tx, customerId, golden),
    };
  }

  private async golden(tx: Tx, customerId: number): Promise<GoldenRow | null> {
    const [row] = await tx.query<GoldenRow>(
      `select version, kind, display, attributes, held_attributes as "heldAttributes", changed_at as "changedAt"
       from golden where customer_id = $1`,
      [customerId],
    );
    return row ?? null;
  }

  private async mappingVersions(tx: Tx, golden: GoldenAttributes): Promise<Map<number, number | null>> {
    const rows = await tx.query<{ recordId: number; version: number | null }>(
      `select record_id as "recordId", mapping_version as version from source_record where record_id = any($1)`,
      [[...new Set(entriesOf<GoldenAttribute>(golden).map(([, { from }]) => from.recordId))]],
    );
    return new Map(rows.map(({ recordId, version }) => [recordId, version]));
  }

  private async openConflicts(tx: Tx, customerId: number): Promise<Map<string, number>> {
    const rows = await tx.query<{ attribute: string; conflictId: number }>(
      `select attribute, conflict_id as "conflictId" from conflict where customer_id = $1 and closed_at is null`,
      [customerId],
    );
    return new Map(rows.map(({ attribute, conflictId }) => [attribute, conflictId]));
  }

  /** Its id still resolves; it has no values any more, only its history. */
  private async retired(tx: Tx, customerId: number, publicId: string): Promise<Customer> {
    const [last] = await tx.query<{ version: number; at: Date; kind: CustomerKind | null }>(
      `select h.version, h.from_at as at, r.kind from golden_history h join customer c using (customer_id)
       left join source_record r on r.record_id = c.founder_record
       where h.customer_id = $1 order by h.version desc limit 1`,
      [customerId],
    );
    return {
      customerId: publicId,
      kind: last?.kind ?? 'person',
      display: '(retired)',
      version: last?.version ?? 0,
      state: 'retired',
      changedAt: (last?.at ?? new Date(0)).toISOString(),
      values: [],
      members: await this.members.of(tx, customerId, {}),
    };
  }
}

function* recordsIn(golden: GoldenAttributes): Generator<number> {
  for (const [, value] of entriesOf<GoldenAttribute>(golden)) {
    yield value.from.recordId;
    for (const loser of value.losers) yield loser.recordId;
  }
}

function valueOf(
  attribute: AttributeId,
  golden: GoldenAttribute,
  names: RecordNames,
  mappings: ReadonlyMap<number, number | null>,
  model: Model,
): Omit<GoldenValue, 'held' | 'conflictId'> {
  const { system, sourceId } = names.speakerOf(golden.from);
  const mappingVersion = system === 'steward' ? null : (mappings.get(golden.from.recordId) ?? null);
  return {
    attribute,
    label: model.labelOf(attribute),
    value: golden.value,
    display: golden.value === null ? '' : model.words(attribute, golden.value),
    rule: golden.rule,
    from: { system, sourceId, at: instantSaid(golden.at), mappingVersion },
    decisionId: golden.decisionId,
    owner: golden.owner,
    flip: golden.flip,
    losers: golden.losers.map((loser) => {
      const name = names.speakerOf(loser);
      const display = model.words(attribute, loser.value);
      return { system: name.system, sourceId: name.sourceId, display, at: instantSaid(loser.at), why: loser.why };
    }),
  };
}
