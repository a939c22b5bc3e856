import { Injectable } from '@nestjs/common';
import { mostInSpan } from '@cinch/api-contract';
import type { DriftComparison, Lens } from '@cinch/canonical-model';
import { ProblemError } from '../../platform/problem-error.ts';
import type { Tx } from '../../platform/transaction.ts';
import type { Confined, RunRow } from './runs.store.ts';

/** What of a system somebody wants refreshed. */
export interface Asked {
  sourceIds?: readonly string[] | undefined;
  /** As everybody knows them. */
  customerIds?: readonly string[] | undefined;
  failedOf?: number | undefined;
  /** Instants of a span of time: the second is not of it. */
  since?: string | undefined;
  until?: string | undefined;
  attributes?: readonly string[] | undefined;
  /** Parked values are sent once more. */
  resend?: boolean | undefined;
}

/** Finds what a refresh is confined to. */
@Injectable()
export class ConfinedStore {
  async of(
    tx: Tx,
    systemId: number,
    { sourceIds, customerIds, failedOf, since, until, attributes, resend }: Asked,
  ): Promise<Confined | null> {
    const isSome =
      sourceIds !== undefined || customerIds !== undefined || failedOf !== undefined || since !== undefined;
    if (!isSome && attributes === undefined) return null;
    const records = await this.records(tx, systemId, sourceIds ?? []);
    const customers = await this.customers(tx, customerIds ?? []);
    const failed = failedOf === undefined ? [] : await this.failed(tx, systemId, failedOf);
    const moved = since === undefined ? [] : await this.moved(tx, systemId, since, until ?? null);
    const recordIds = [...records, ...failed.flatMap(({ recordId }) => recordId ?? [])];
    const made = failed.flatMap(({ recordId, customerId }) =>
      recordId === null && customerId !== null ? [customerId] : [],
    );
    return {
      recordIds: isSome ? recordIds : null,
      customerIds: [...customers, ...made, ...moved],
      attributes: attributes ?? null,
      ...(resend && { resend }),
    };
  }

  private async records(tx: Tx, systemId: number, keys: readonly string[]): Promise<number[]> {
    const rows = await tx.query<{ key: string; id: number | null }>(
      `select t.key, r.record_id as id from unnest($2::text[]) as t(key)
       left join source_record r on r.system_id = $1 and r.source_key = t.key`,
      [systemId, keys],
    );
    mustBeKnown(rows.filter(({ id }) => id === null).map(({ key }) => ({ path: 'sourceIds', name: key })));
    return rows.map(({ id }) => id!);
  }

  private async customers(tx: Tx, ids: readonly string[]): Promise<number[]> {
    const rows = await tx.query<{ name: string; id: number | null }>(
      `select t.id::text as name, c.customer_id as id from unnest($1::uuid[]) as t(id) left join customer c on c.public_id = t.id`,
      [ids],
    );
    mustBeKnown(rows.filter(({ id }) => id === null).map(({ name }) => ({ path: 'customerIds', name })));
    return rows.map(({ id }) => id!);
  }

  /** Customers that became otherwise in that time, or to whose rows something was sent in it. */
  private async moved(tx: Tx, systemId: number, since: string, until: string | null): Promise<number[]> {
    const rows = await tx.query<{ id: number }>(
      `select customer_id as id from golden_history where from_at >= $2 and from_at < coalesce($3, 'infinity'::timestamptz)
       union
       select i.customer_id from refresh_item i join refresh_run r using (run_id)
       where r.system_id = $1 and i.at >= $2 and i.at < coalesce($3, 'infinity'::timestamptz) and i.customer_id is not null
         and i.outcome in ('sent', 'stored', 'parked', 'mismatch')
       limit $4`,
      [systemId, new Date(since), until === null ? null : new Date(until), mostInSpan + 1],
    );
    if (rows.length === 0)
      throw new ProblemError(
        'not-possible',
        'No customer changed in that time, and nothing was sent: there is nothing to send again.',
      );
    if (rows.length > mostInSpan)
      throw new ProblemError(
        'not-possible',
        `More than ${mostInSpan} customers changed in that time: choose a shorter one, or refresh the whole system.`,
      );
    return rows.map(({ id }) => id);
  }

  /** What an earlier run could not write as it was to be. */
  private async failed(tx: Tx, systemId: number, runId: number) {
    const rows = await tx.query<{ recordId: number | null; customerId: number | null }>(
      `select distinct i.record_id as "recordId", i.customer_id as "customerId" from refresh_item i join refresh_run r using (run_id)
       where r.run_id = $2 and r.system_id = $1 and (i.outcome in ('failed', 'mismatch', 'parked') or i.kind = 'parked' or i.code = 'run-ended')`,
      [systemId, runId],
    );
    if (rows.length > 0) return rows;
    throw new ProblemError('not-possible', 'Nothing of that run of the system failed: there is nothing to try again.');
  }
}

function mustBeKnown(unknown: readonly { path: string; name: string }[]): void {
  if (unknown.length === 0) return;
  throw new ProblemError(
    'not-found',
    'The hub does not know what is listed: look it up, and name only what is there.',
    unknown.slice(0, 20).map(({ path, name }) => ({ path, code: 'unknown', detail: `${name} is not known.` })),
  );
}

/** What a run is bounded to, as its system has it. What somebody asks for is compared whole. */
export function boundsOf(
  confined: Confined | null,
  comparison: DriftComparison,
): Pick<RunRow, 'confined' | 'comparison'> {
  return { confined, comparison: confined === null && comparison.sets.length > 0 ? comparison : null };
}

/** What its mapping does not name cannot be compared, so it must not be called equal. */
export function mustBeMapped(
  { name, lens }: { name: string; lens: Pick<Lens, 'attributes' | 'lists'> },
  attributes: readonly string[],
): void {
  const mapped: readonly string[] = [...lens.attributes, ...lens.lists];
  const other = attributes.filter((one) => !mapped.includes(one));
  if (other.length === 0) return;
  const detail = `${name} has none of the attributes listed. It has ${mapped.join(', ')}.`;
  const named = other
    .slice(0, 20)
    .map((one) => ({ path: 'attributes', code: 'unknown', detail: `${one} is not mapped.` }));
  throw new ProblemError('invalid-request', detail, named);
}
