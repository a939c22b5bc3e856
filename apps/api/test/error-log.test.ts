import { afterAll, beforeAll, expect, inject, it } from 'vitest';
import type {} from '../../../scripts/test-postgres.ts';
import { Ingest, type TakenRows } from '../src/pipeline/ingest.ts';
import { SystemsInForce } from '../src/pipeline/systems-in-force.ts';
import { Committer } from '../src/platform/committer.ts';
import { WalkingHub } from './walking-hub.ts';

const now = Date.parse('2026-03-01T12:00:00Z');
let hub: WalkingHub;
let calls = 1_000;

beforeAll(async () => {
  hub = await WalkingHub.open(inject('postgresUrl'));
});
afterAll(() => hub?.stop());

/** Pushes rows of BellyFat straight into the pipeline. */
function push(...rows: Record<string, unknown>[]): Promise<TakenRows> {
  return hub.get(Committer).commit(async (tx) => {
    const inForce = await hub.get(SystemsInForce).load(tx);
    const { systemId, lens } = [...inForce.values()].find((system) => system.code === 'bellyfat')!;
    const from = { systemId, lens, kind: 'push', runId: null } as const;
    const call = (calls += 1);
    const arrived = rows.map((data, line) => {
      return {
        batchId: null,
        line,
        act: 'whole' as const,
        eventId: null,
        key: typeof data['customerId'] === 'string' ? data['customerId'] : 'bf_0000001',
        version: null,
        changedAt: null,
        delivery: null,
        data: data as never,
        acceptedAt: now,
        call,
      };
    });
    return hub.get(Ingest).rows(tx, inForce, from, arrived);
  });
}

async function logged(): Promise<string[]> {
  const rows = await hub.query<{ code: string; path: string }>('select code, path from error_entry order by error_id');
  return rows.map(({ code, path }) => `${code} ${path}`.trim());
}

const row = (changes: object) => ({
  customerId: 'bf_0000001',
  person: { given: 'Ann', family: 'Brook' },
  revision: '2026-03-01T11:00:00.000Z',
  ...changes,
});

it('one version with other content: one row counts, the other is held, and the log says so', async () => {
  expect(await push(row({ birthDate: '1980-01-02' }), row({ birthDate: '1980-01-03' }))).toMatchObject({
    places: ['applied', 'applied'],
  });
  expect(new Set(await logged())).toEqual(new Set(['held']));
});

it('an exact duplicate is superseded and leaves no trace in the log', async () => {
  const before = await logged();
  expect(await push(row({ birthDate: '1980-01-03' }))).toMatchObject({ places: ['superseded'], touched: new Map() });
  expect(await logged()).toEqual(before);
});

it('a time far ahead counts as the time of acceptance and is noted, so that a wrong clock does not win for ever', async () => {
  await push(row({ customerId: 'bf_0000009', birthDate: '1980-01-04', revision: '2027-03-01T00:00:00.000Z' }));
  expect(await logged()).toContain('time-ahead changedAt');
  const [golden] = await hub.query<{ attributes: string }>(
    `select attributes from golden where attributes like '%1980-01-04%'`,
  );
  expect(JSON.parse(golden!.attributes).birthDate).toMatchObject({ value: '1980-01-04', at: now });
});

it('a field that cannot be read is noted by path and code; a record without its key goes to the log whole', async () => {
  await push(row({ birthDate: '1980-02-31', revision: '2026-03-01T11:30:00.000Z' }));
  expect((await logged()).at(-1)).toMatch(/birthDate$/);
  expect(await push({ person: { family: 'Brook' }, revision: '2026-03-01T11:40:00.000Z' })).toMatchObject({
    places: ['error'],
  });
  expect((await logged()).at(-1)).toMatch(/customerId$/);
});
