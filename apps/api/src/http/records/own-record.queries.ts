import { modelInForce } from '../../platform/model-in-force.ts';
import { Injectable } from '@nestjs/common';
import type { OwnRecord, RecordState } from '@cinch/api-contract';
import {
  allFields,
  entriesOf,
  unpackKnown,
  type ByAttribute,
  type Carried,
  type Fields,
  type Model,
} from '@cinch/canonical-model';
import { ProblemError } from '../../platform/problem-error.ts';
import type { Tx } from '../../platform/transaction.ts';
import { instantSaid } from '../instant.ts';
import { recordState } from './record-state.ts';

const errorsAtMost = 100;

interface Row {
  recordId: number;
  customerId: string | null;
  state: RecordState;
  version: number | null;
  changedAt: Date | null;
  mappingVersion: number | null;
  known: string;
}

/** One record, as the system that keeps it asks for it. */
@Injectable()
export class OwnRecordQueries {
  async one(tx: Tx, { systemId, code }: { systemId: number; code: string }, sourceId: string): Promise<OwnRecord> {
    const errors = await this.errors(tx, systemId, sourceId);
    const [row] = await tx.query<Row>(
      `select r.record_id as "recordId", c.public_id as "customerId", ${recordState} as state, r.head_version as version,
         r.head_at as "changedAt", r.mapping_version as "mappingVersion", r.known
       from source_record r left join customer c using (customer_id) where r.system_id = $1 and r.source_key = $2`,
      [systemId, sourceId],
    );
    if (row)
      return {
        sourceId,
        ...shown(row, await modelInForce(tx)),
        lastOffer: await this.lastOffer(tx, row.recordId),
        errors,
      };
    if (errors.length === 0)
      throw new ProblemError(
        'not-found',
        `The hub knows no such record of ${code}. If it was pushed a moment ago, ask again; else push it.`,
      );
    const unknown = {
      customerId: null,
      version: null,
      changedAt: null,
      mappingVersion: null,
      holds: {},
      asserts: [],
      parked: [],
    };
    return { sourceId, state: 'not-taken', ...unknown, lastOffer: null, errors };
  }

  private async lastOffer(tx: Tx, recordId: number): Promise<OwnRecord['lastOffer']> {
    const [row] = await tx.query<{ at: Date; deliveryId: string | null; carried: string }>(
      `select filed_at as at, delivery_id as "deliveryId", native as carried from record_entry
       where record_id = $1 and kind = 'offer' order by entry_id desc limit 1`,
      [recordId],
    );
    if (!row) return null;
    const fields = allFields(JSON.parse(row.carried) as ByAttribute<Carried>);
    return { at: row.at.toISOString(), deliveryId: row.deliveryId, fields };
  }

  private async errors(tx: Tx, systemId: number, sourceId: string): Promise<OwnRecord['errors']> {
    const rows = await tx.query<{ code: string; path: string; detail: string; at: Date }>(
      `select code, path, detail, at from error_entry
       where system_id = $1 and source_key = $2 and resolved_at is null order by error_id desc limit $3`,
      [systemId, sourceId, errorsAtMost],
    );
    return rows.map((row) => ({ ...row, at: row.at.toISOString() }));
  }
}

function shown({ known, changedAt, customerId, state, version, mappingVersion }: Row, model: Model) {
  const { held, asserted, parked } = unpackKnown(known);
  return {
    customerId,
    state,
    version,
    changedAt: changedAt?.toISOString() ?? null,
    mappingVersion,
    holds: allFields(held),
    asserts: entriesOf(asserted).map(([attribute, said]) => ({
      attribute,
      label: model.labelOf(attribute),
      fields: JSON.parse(said.native) as Fields,
      display: model.words(attribute, said.value),
      at: instantSaid(said.at),
      superseded: said.superseded !== null,
    })),
    parked: entriesOf(parked).map(([attribute, { sent, code }]) => ({
      attribute,
      fields: JSON.parse(sent) as Fields,
      code,
    })),
  };
}
