import { afterAll, beforeAll, expect, inject, it, vi } from 'vitest';
import type {} from '../../../../scripts/test-postgres.ts';
import type { Status } from '@cinch/api-contract';
import { entriesOf } from '@cinch/canonical-model';
import { House, systemCodes } from './house.ts';
import { allRows, strayedFromCore, unequal } from './proofs.ts';
import { recompute, textOf } from './recomputed.ts';
import { Town } from './town.ts';
import { lost } from './traces.ts';

/** How many customers live a history of their own; a failure prints the seed, LAWS_SEED repeats it and LAWS_ONLY lives one customer alone. */
const runs = process.env['LAWS_HTTP_RUNS'];
const customers = Number(runs ?? 40);
// `npm test` lives the same histories each time, so that it says the same of the same code; `npm run laws` lives others.
const seed = Number(process.env['LAWS_SEED'] ?? (runs ? Math.floor(Math.random() * 1_000_000) : 21));
const only = process.env['LAWS_ONLY'] ? Number(process.env['LAWS_ONLY']) : null;
const timeout = 60_000 + customers * 3_000;
const repeat = `LAWS_SEED=${seed} LAWS_HTTP_RUNS=${customers}`;

let house: House;
let town: Town;
const idsSeen = new Map<string, number | null>();

beforeAll(async () => {
  console.log(`Histories over HTTP: ${repeat}`);
  // Only the date: what waits still waits, but pins end and values age as the histories say.
  vi.useFakeTimers({ toFake: ['Date'], now: Date.parse('2026-03-01T12:00:00Z') });
  house = await House.open(inject('postgresUrl'));
  town = new Town(house, customers, seed, only);
  await town.live();
  await noteIds();
}, timeout);
afterAll(async () => {
  vi.useRealTimers();
  await house?.close();
}, 60_000);

/** Every id that a customer was ever known by, with the record that it belongs to; null where that lives no more and left it to nobody. */
async function noteIds(): Promise<void> {
  const rows = await house.query<{ id: string; holder: number | null }>(
    `select c.public_id as id, r.record_id as holder from customer c
     left join source_record r on r.record_id = c.founder_record and r.life = c.founder_life`,
  );
  for (const { id, holder } of rows) idsSeen.set(id, holder);
}

/** What happened to the customers that the faults name, so that a failure can be read. */
function withStories(faults: readonly string[]): string[] {
  if (faults.length === 0) return [];
  const stories = town.lives.filter(
    (life) => [...life.edits.keys()].length > 0 && faults.some((fault) => life.isNamedIn(fault)),
  );
  return [repeat, ...faults, ...stories.slice(0, 3).flatMap((life) => [`customer ${life.index}:`, ...life.log])];
}

it.skipIf(only !== null)('the histories hold all that they are to try', async () => {
  const kinds = async (table: string) => {
    const rows = await house.query<{ kind: string }>(`select distinct kind from ${table} order by 1`);
    return rows.map((row) => row.kind);
  };
  expect(await kinds('record_entry')).toEqual(['delete', 'heard', 'increment', 'offer', 'patch', 'push', 'receipt']);
  const acts = ['answer', 'choice', 'link', 'not-same', 'pin'];
  expect(await kinds('decision')).toEqual(expect.arrayContaining(acts));
  expect(await kinds('refresh_item')).toEqual(expect.arrayContaining(['change', 'create', 'missing', 'parked']));
  expect(await house.query(`select 1 from refresh_run where phase = 'failed' limit 1`)).toHaveLength(1);
});

it('what is stored is what the pure core makes of the facts, in the middle of everything', { timeout }, async () => {
  await town.later(0);
  expect(withStories(strayedFromCore(await recompute(house)))).toEqual([]);
});

it('refreshes come to an end, and every row then is its view but for what is listed', { timeout }, async () => {
  await town.later(60 * 60 * 1_000);
  for (const { phase, closing } of await town.settle()) {
    expect({ phase, closing }).toMatchObject({
      phase: 'closed',
      closing: expect.stringMatching(/^equal (as of|but for) /),
    });
  }
  const recomputed = await recompute(house);
  expect(withStories(strayedFromCore(recomputed))).toEqual([]);
  expect(withStories(await unequal(house, recomputed, await allRows(house)))).toEqual([]);
});

it('no edit that was heard is lost without a trace', { timeout }, async () => {
  const edits = town.lives.flatMap((life) => [...life.edits.values()]);
  expect(edits.length).toBeGreaterThan(0);
  expect(withStories(await lost(house, await recompute(house), edits))).toEqual([]);
});

it(
  'three rounds of all rows pushed whole, by event and by file, change no golden value and send nothing',
  { timeout },
  async () => {
    const before = (await recompute(house)).stored.map(valuesOf).sort();
    for (let round = 0; round < 3; round += 1) {
      for (const code of systemCodes) {
        if (round === 1) await house.pushRecords(code, await house.rows(code));
        else {
          await house.pushAll(code);
          const events = await house.takeEvents(code);
          for (let from = 0; from < events.length; from += 500) await house.push(code, events.slice(from, from + 500));
        }
      }
      await house.drained();
      for (const code of systemCodes) {
        const { counts } = await town.refresh(code);
        expect({ code, round, ...counts }).toMatchObject({ heard: 0, create: 0, change: 0, applied: 0, drifted: 0 });
      }
    }
    expect((await recompute(house)).stored.map(valuesOf).sort()).toEqual(before);
  },
);

it(
  'every accepted record is in one place, every source record in one customer, and every id ever seen resolves',
  { timeout },
  async () => {
    const { inbox } = (await house.asAdmin('GET', '/status')).json<Status>();
    expect(inbox.accepted).toBe(inbox.waiting + inbox.applied + inbox.superseded + inbox.error);
    expect(inbox.waiting).toBe(0);
    expect(
      await house.query(`select source_key from source_record where state = 'live' and customer_id is null`),
    ).toEqual([]);
    const standings = await house.query(
      `select c.customer_id from customer c
     where (c.state = 'live') <> exists (select 1 from source_record r where r.customer_id = c.customer_id and r.state = 'live'
              and not r.excluded and r.deleted is null and r.confirmed_gone is distinct from r.head_position)
        or (c.state = 'live') <> exists (select 1 from golden g where g.customer_id = c.customer_id)`,
    );
    expect(standings).toEqual([]);

    await noteIds();
    const holders = await house.query<{ record_id: number; public_id: string }>(
      'select r.record_id, c.public_id from source_record r join customer c using (customer_id)',
    );
    const holderOf = new Map(holders.map((row) => [row.record_id, row.public_id]));
    for (const [id, founder] of idsSeen) {
      const answer = await house.asAdmin('GET', `/customers/${id}`);
      expect({ id, status: answer.status }).toEqual({ id, status: 200 });
      expect(answer.json<{ customerId: string }>().customerId).toBe(founder === null ? id : holderOf.get(founder));
    }
  },
);

it('undoing all decisions leaves what the same facts without them amount to', { timeout }, async () => {
  const decisions = await house.query<{ decision_id: number }>(
    'select decision_id from decision where undone_at is null',
  );
  for (const { decision_id: id } of decisions) {
    expect((await house.asAdmin('POST', `/decisions/${id}/undo`)).status).toBe(204);
  }
  const never = await recompute(house, false);
  expect(withStories(strayedFromCore(never))).toEqual([]);
  await town.settle();
  expect(withStories(await unequal(house, await recompute(house), await allRows(house)))).toEqual([]);
});

function valuesOf({ ids, survived }: { ids: number[]; survived: Parameters<typeof textOf>[0]['survived'] }): string {
  const values = entriesOf(survived?.attributes ?? {}).map(([id, { value }]) => [id, value]);
  return JSON.stringify([ids, values.sort(), survived?.conflicts]);
}
