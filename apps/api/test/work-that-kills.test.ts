import type { Status, System } from '@cinch/api-contract';
import { afterAll, afterEach, beforeAll, expect, inject, test } from 'vitest';
import type {} from '../../../scripts/test-postgres.ts';
import { Clock } from '../src/platform/clock.ts';
import type { Predecessor } from '../src/platform/duty.ts';
import { Lanes } from '../src/platform/lanes.ts';
import { Database } from '../src/platform/transaction.ts';
import { Troubles } from '../src/platform/troubles.ts';
import { WorkUnderWay } from '../src/platform/work-under-way.ts';
import { AlertsStore } from '../src/stages/alerts/alerts.store.ts';
import { anArmedSystem, pushPerson } from './armed-system.ts';
import { ListeningHub } from './listening-hub.ts';

let hub: ListeningHub;
beforeAll(async () => {
  hub = await ListeningHub.open(inject('postgresUrl'));
});
afterAll(() => hub?.close());
afterEach(async () => {
  await sql('delete from work_under_way');
  hub.hub.app.get(Troubles).clear('dies-at-work');
});

const sql = <Row>(text: string) => hub.hub.app.get(Database).transaction((tx) => tx.query<Row>(text));
const status = async () => (await hub.asAdmin('GET', '/api/v1/status')).json<Status>().troubles.map(({ code }) => code);

/** A process that begins anew, after its predecessor ended as said. */
const begins = (follows: Predecessor): WorkUnderWay => {
  const { app } = hub.hub;
  const process = new WorkUnderWay(app.get(Database), app.get(Clock), app.get(Lanes), app.get(Troubles));
  process.lookAgain(follows);
  return process;
};

type Piece = Parameters<WorkUnderWay['attempt']>;
/** It begins the piece and never comes back from it. */
const dieOver = async (process: WorkUnderWay, work: Piece[0], mark: string, giveUp?: Piece[3]): Promise<void> => {
  const begun = Promise.withResolvers<void>();
  const never = () => {
    begun.resolve();
    return new Promise<void>(() => undefined);
  };
  void process.attempt(work, mark, never, giveUp);
  await begun.promise;
};

test('a piece of work over which the hub dies among others and then twice alone is put aside and told, until it is another one', async () => {
  await dieOver(begins('died'), 'rules', 'version 9');
  await dieOver(begins('died'), 'rules', 'version 9');
  await dieOver(begins('died'), 'rules', 'version 9');
  const done: string[] = [];
  const last = begins('died');
  const attempt = (work: 'rules' | 'mapping', mark: string) =>
    last.attempt(work, mark, async () => done.push(`${work} ${mark}`));
  expect(await attempt('rules', 'version 9')).toBe(false);
  expect(await attempt('mapping', 'day 1')).toBe(true);
  const database = hub.hub.app.get(Database);
  expect(await database.read((tx) => hub.hub.app.get(AlertsStore).putAside(tx))).toMatchObject([
    { kind: 'work.aside', subject: 'rules version 9', data: { work: 'rules', mark: 'version 9' } },
  ]);
  expect(await status()).toEqual(['work-aside']);
  expect(await attempt('rules', 'version 10')).toBe(true);
  expect(done).toEqual(['mapping day 1', 'rules version 10']);
  expect(await database.read((tx) => hub.hub.app.get(AlertsStore).putAside(tx))).toEqual([]);
  expect(await status()).toEqual([]);
});

test('of several pieces that were under way when the hub died, only the one that kills alone is put aside', async () => {
  const gone: string[] = [];
  const giveUp = (name: string) => async () => void gone.push(name);
  const first = begins('died');
  for (const id of [1, 2, 3] as const) await dieOver(first, `system ${id}`, 'lane', giveUp(`${id}`));
  // The second one kills; the others go through when it is their turn.
  const second = begins('died');
  expect(await second.attempt('system 1', 'lane', () => Promise.resolve())).toBe(true);
  await dieOver(second, 'system 2', 'lane');
  expect(second.mustWait('system 3')).toBe(true);
  expect(await second.attempt('system 3', 'lane', () => Promise.resolve())).toBe(false);
  expect(await second.attempt('system 4', 'lane', () => Promise.resolve())).toBe(true);
  await dieOver(begins('died'), 'system 2', 'lane');
  const last = begins('died');
  expect(await last.attempt('system 2', 'lane', () => Promise.resolve(), giveUp('2'))).toBe(false);
  expect(await last.attempt('system 3', 'lane', () => Promise.resolve(), giveUp('3'))).toBe(true);
  expect(gone).toEqual(['2']);
  // Whoever begins it again has it tried again.
  expect(await last.attempt('system 2', 'lane', () => Promise.resolve())).toBe(true);
});

test.each(['left', 'itself'] as const)(
  'what was under way when a duty ended otherwise (%s) has killed nobody',
  async (how) => {
    for (let ended = 0; ended < 6; ended += 1) await dieOver(begins(how), 'match-model', 'version 3');
    expect(await begins(how).attempt('match-model', 'version 3', () => Promise.resolve())).toBe(true);
    expect(await status()).toEqual([]);
  },
);

test('where the hub dies over one piece after another, two are put aside and the others wait', async () => {
  const works = ['mapping', 'rules', 'time', 'match-keys'] as const;
  const aside = async () => (await sql('select work from work_under_way where aside_at is not null')).length;
  for (const work of works) {
    for (let n = 0; n < 3; n += 1) await dieOver(begins('died'), work, 'day 1');
    expect(await begins('died').attempt(work, 'day 1', () => Promise.resolve())).toBe(false);
  }
  expect(await aside()).toBe(2);
  expect(await status()).toContain('dies-at-work');
});

test('work that only failed has not killed', async () => {
  const process = begins('died');
  for (let n = 0; n < 8; n += 1) {
    const failing = process.attempt('time', 'day 1', () => Promise.reject(new Error('away')));
    await expect(failing).rejects.toThrow('away');
  }
  expect(await begins('died').attempt('time', 'day 1', () => Promise.resolve())).toBe(true);
});

test('a system over whose lane the hub died has its lane paused and told, the other one is sent to, and a person lets it go on', async () => {
  const [north, south] = [await anArmedSystem(hub, 'north'), await anArmedSystem(hub, 'south')];
  const key = await hub.aSystem('shop');
  await sql(
    `insert into work_under_way (work, mark, begun_at, open, alone, suspect, deaths)
     select 'system ' || system_id, 'lane', now(), true, true, true, 1 from system where code = 'north'
     on conflict (work) do update set mark = 'lane', open = true, alone = true, suspect = true, deaths = 1`,
  );
  hub.hub.app.get(WorkUnderWay).lookAgain('died');
  await pushPerson(hub, 'shop', key, '1');
  const lane = async (code: string) => {
    const { systems } = (await hub.asAdmin('GET', '/api/v1/systems')).json<{ systems: System[] }>();
    return systems.find((one) => one.code === code)!.laneBraked;
  };
  await expect.poll(() => lane('north')).toMatchObject({ deaths: 2 });
  await expect.poll(() => south.target.shown()).toHaveLength(1);
  expect([north.target.shown(), await lane('south')]).toEqual([[], null]);
  const { troubles } = (await hub.asAdmin('GET', '/api/v1/status')).json<Status>();
  expect(troubles).toMatchObject([{ code: 'work-aside', system: 'north' }]);
  expect(await hub.hub.app.get(Database).read((tx) => hub.hub.app.get(AlertsStore).lanesBraked(tx))).toMatchObject([
    { kind: 'lane.braked', data: { system: 'north', deaths: 2 } },
  ]);
  await hub.asAdmin('PUT', '/api/v1/systems/north/lane', { lane: 'on' });
  await expect.poll(() => north.target.shown()).toHaveLength(1);
  await expect.poll(status).toEqual([]);
  await Promise.all([north.target.close(), south.target.close()]);
});
