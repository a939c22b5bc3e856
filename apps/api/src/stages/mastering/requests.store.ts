import { Injectable } from '@nestjs/common';
import { assertionId, type ChangeRequest } from '@cinch/canonical-model';
import { columns } from '../../platform/columns.ts';
import type { Tx } from '../../platform/transaction.ts';

/** A request that a steward may answer. */
export interface OpenRequest {
  requestId: number;
  customerId: number;
  attribute: ChangeRequest['attribute'];
  /** The assertion that asks, as `assertionId` names it. */
  assertion: string;
  owner: string;
  value: ChangeRequest['value'];
  /** When it was said, in milliseconds since 1970, UTC. */
  at: number;
  state: 'open' | 'accepted';
}

type Row = Omit<OpenRequest, 'value' | 'at'> & { value: string; at: Date };

export type KnownRequest = Pick<OpenRequest, 'requestId' | 'customerId' | 'attribute' | 'assertion' | 'state'>;

/** Change requests, as the console lists them. What asks, and what became of it, follows from survivorship. */
@Injectable()
export class RequestsStore {
  /** A request that is answered or gone cannot be answered any more: null. */
  async open(tx: Tx, requestId: number): Promise<OpenRequest | null> {
    const [row] = await tx.query<Row>(
      `select request_id as "requestId", customer_id as "customerId", attribute, assertion, owner, value, said_at as at, state
       from change_request where request_id = $1 and closed_at is null`,
      [requestId],
    );
    return row ? { ...row, value: JSON.parse(row.value) as ChangeRequest['value'], at: row.at.getTime() } : null;
  }

  /** The requests of these customers that are not closed. */
  async known(tx: Tx, customerIds: readonly number[]): Promise<KnownRequest[]> {
    if (customerIds.length === 0) return [];
    return tx.query(
      `select request_id as "requestId", customer_id as "customerId", attribute, assertion, state
       from change_request where customer_id = any($1) and closed_at is null`,
      [customerIds],
    );
  }

  /**
   * What the customers' requests are by now: new ones open, accepted ones are marked, and those that no longer ask close, as refused,
   * carried out, or lapsed.
   */
  async settle(
    tx: Tx,
    known: readonly KnownRequest[],
    now: ReadonlyMap<number, readonly ChangeRequest[]>,
    at: number,
  ): Promise<void> {
    const nameOf = (customerId: number, attribute: string, assertion: string) =>
      JSON.stringify([customerId, attribute, assertion]);
    const knownNames = new Map(known.map((row) => [nameOf(row.customerId, row.attribute, row.assertion), row]));
    const wanted = [...now].flatMap(([customerId, requests]) =>
      requests.map((request) => ({ customerId, ...request, assertion: assertionId(request.from) })),
    );
    const wantedNames = new Set(wanted.map((one) => nameOf(one.customerId, one.attribute, one.assertion)));
    const fresh = wanted.filter((one) => !knownNames.has(nameOf(one.customerId, one.attribute, one.assertion)));
    await this.insert(tx, fresh, at);

    const moved = wanted.flatMap((one) => {
      const row = knownNames.get(nameOf(one.customerId, one.attribute, one.assertion));
      return row && row.state !== one.state ? [{ requestId: row.requestId, state: one.state }] : [];
    });
    if (moved.length > 0)
      await tx.write(
        `update change_request r set state = t.state from unnest($1::bigint[], $2::text[]) as t(id, state) where r.request_id = t.id`,
        columns(moved, ['requestId', 'state']),
      );
    const gone = known.filter((row) => !wantedNames.has(nameOf(row.customerId, row.attribute, row.assertion)));
    await this.close(tx, gone, at);
  }

  private async insert(
    tx: Tx,
    rows: readonly (ChangeRequest & { customerId: number; assertion: string })[],
    at: number,
  ): Promise<void> {
    if (rows.length === 0) return;
    const flat = rows.map((row) => ({
      ...row,
      value: JSON.stringify(row.value),
      base: JSON.stringify(row.base),
      saidAt: new Date(row.at),
    }));
    await tx.write(
      `insert into change_request (customer_id, attribute, assertion, system, owner, value, base, said_at, state, opened_at)
       select t.*, $10 from unnest($1::bigint[], $2::text[], $3::text[], $4::text[], $5::text[], $6::text[], $7::text[],
                                   $8::timestamptz[], $9::text[]) as t`,
      [
        ...columns(flat, [
          'customerId',
          'attribute',
          'assertion',
          'system',
          'owner',
          'value',
          'base',
          'saidAt',
          'state',
        ]),
        new Date(at),
      ],
    );
  }

  /** How it ended: refused by a standing answer, carried out when it had been accepted, else lapsed. */
  private async close(tx: Tx, rows: readonly KnownRequest[], at: number): Promise<void> {
    if (rows.length === 0) return;
    await tx.write(
      `update change_request r set closed_at = $2, state = case
         when exists (select 1 from decision d where d.kind = 'answer' and d.undone_at is null
                      and d.body::json ->> 'request' = r.assertion and d.body::json ->> 'attribute' = r.attribute
                      and d.body::json ->> 'accepted' = 'false') then 'refused'
         when r.state = 'accepted' then 'done' else 'lapsed' end
       where r.request_id = any($1)`,
      [rows.map((row) => row.requestId), new Date(at)],
    );
  }
}
