import pg from 'pg';
import { until } from '../stack/until.ts';
import type { PersistentClient } from './persistent-client.ts';

/** A small lens: a key, a name, and how to reach the customer. */
export function aMapping(system: string, { withPhone = true } = {}) {
  const attributes = [
    { attribute: 'name', members: { given: { path: 'given' }, family: { path: 'family' } } },
    { attribute: 'email.primary', path: 'email' },
    ...(withPhone ? [{ attribute: 'phone.primary', path: 'phone' }] : []),
  ];
  return { format: 1, system, key: { path: 'id' }, kind: { constant: 'person' }, attributes };
}

const braked = ['changed', 'created', 'values', 'emptied', 'kind', 'surplus', 'lane', 'swept', 'inbound'];
/** Limits of a system of which everything goes out within minutes, which is no accident: of a new one all is more than its share. */
export const freeToGo = Object.fromEntries(
  braked.flatMap((name) => [
    [`${name}Share`, 1],
    [`${name}Rows`, 1_000_000],
  ]),
);

export interface NewSystem {
  code: string;
  /** Where it is refreshed; without it, it only pushes. */
  adapter?: { url: string; adapterToken: string };
}

/** Registers a system with the small lens, armed where it can be refreshed; returns its key. */
export async function register(
  client: PersistentClient,
  adminToken: string,
  { code, adapter }: NewSystem,
): Promise<string> {
  const ask = async (method: string, path: string, body?: unknown) => {
    const answer = await client.call(method, path, adminToken, body);
    if (answer.status >= 300) throw new Error(`${method} ${path}: ${answer.status} ${JSON.stringify(answer.body)}`);
    return answer.body;
  };
  const scope = { create: adapter ? 'everybody' : 'nobody', keep: 'everybody' };
  const reached = adapter && { adapterUrl: adapter.url, adapterToken: adapter.adapterToken };
  await ask('POST', '/systems', { code, name: code, scope, ...reached });
  await ask('PUT', `/systems/${code}/mapping`, { document: aMapping(code) });
  // What these systems change within minutes is no accident either.
  await ask('PUT', `/systems/${code}/limits`, { inboundShare: 1 });
  await ask('PUT', `/systems/${code}/mastering`, { mastering: 'on' });
  if (adapter) {
    // Nothing is armed before somebody has looked at one plan.
    const { runId } = (await ask('POST', '/refreshes', { system: code, mode: 'plan' })) as { runId: number };
    const phase = async () => ((await ask('GET', `/refreshes/${runId}`)) as { phase: string }).phase;
    const planned = await until('the plan is made', phase, (now) => now === 'planned' || now === 'closed');
    await ask('GET', `/refreshes/${runId}/items`);
    await ask('PUT', `/systems/${code}/outbound`, { outbound: 'armed' });
    if (planned === 'planned') await ask('POST', `/refreshes/${runId}/cancel`);
  }
  return ((await ask('POST', `/systems/${code}/keys`)) as { key: string }).key;
}

/** One look into a hub's database. */
export async function look<Row extends pg.QueryResultRow>(
  databaseUrl: string,
  sql: string,
  given: unknown[] = [],
): Promise<Row[]> {
  const client = new pg.Client({ connectionString: databaseUrl });
  client.on('error', () => undefined);
  await client.connect();
  try {
    return (await client.query<Row>(sql, given)).rows;
  } finally {
    await client.end();
  }
}

/** Nothing waits, nothing is to go out, nothing is under way. */
export async function isIdle(databaseUrl: string): Promise<boolean> {
  const [row] = await look<{ idle: boolean }>(
    databaseUrl,
    `select not exists (select 1 from inbox_batch where done_at is null)
       and not exists (select 1 from dirty_view d join system s using (system_id) where s.lane = 'on')
       and not exists (select 1 from refresh_item where outcome in ('planned', 'sent'))
       and not exists (select 1 from refresh_run where mode <> 'events' and phase not in ('closed', 'failed', 'cancelled'))
       and not exists (select 1 from system where derived_version is distinct from mapping_version)
       and not exists (select 1 from match_doubt)
       and not exists (select 1 from match_model where applied_at is null)
       and not exists (select 1 from match_deciding)
       and not exists (select 1 from rules where applied_at is null) as idle`,
  );
  return row!.idle;
}

/** Of the batches: which accepted lines are in no place or in two. */
export async function misplaced(databaseUrl: string): Promise<object[]> {
  return look(
    databaseUrl,
    `select batch_id, n, n_applied, n_superseded, n_error from inbox_batch
     where n <> n_applied + n_superseded + n_error or done_at is null
       or n <> (select coalesce(sum(c.n), 0) from inbox_chunk c where c.batch_id = inbox_batch.batch_id and c.done_at is not null)`,
  );
}
