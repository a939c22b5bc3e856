import { afterEach, beforeEach, expect, inject, it } from 'vitest';
import type {} from '../../../../scripts/test-postgres.ts';
import type { QueryRunner } from 'typeorm';
import { CreatesOnce1764003100000 } from '../../src/platform/migrations/1764003100000-creates-once.ts';
import { Database } from '../../src/platform/transaction.ts';
import { SentHub } from './sent-hub.ts';

let hub: SentHub;
beforeEach(async () => {
  hub = await SentHub.open(inject('postgresUrl'));
  for (const id of ['N-1', 'N-2']) await hub.tell('north', id);
  await hub.laneUntilDone();
  hub.target.weather = 'away';
  await hub.tell('north', 'N-3');
  await hub.lane();
  const faults = await hub.faults();
  if (Object.keys(faults).length > 0) throw new Error(`Faults before any is planted: ${JSON.stringify(faults)}`);
});
afterEach(() => hub?.close());

const plant = (...statements: string[]) =>
  hub.get(Database).transaction(async (tx) => {
    for (const statement of statements) await tx.query(statement);
  });
const again = (
  what: string,
  from: string,
) => `(system_id, customer_id, founded_by, origin, state, kind, known, source_key)
  select system_id, customer_id, founded_by, origin, state, kind, known, ${what} from source_record r ${from}`;
const made = `where source_key = 'S-0001'`;
const item = (outcome: string) => `insert into refresh_item (run_id, seq, kind, customer_id, fields, outcome, round, at)
  select run_id, seq + 1000, kind, customer_id, fields, '${outcome}', round, at from refresh_item where outcome = 'sent'`;

it('finds two records that are to be made for one customer', async () => {
  const drop = 'alter table source_record drop constraint source_record_pending_once';
  await plant(drop, `insert into source_record ${again('null', `where state = 'pending'`)}`);
  expect(await hub.faults()).toEqual({ 'pending-once': 1 });
});

it('finds two open creates of one customer', async () => {
  await plant(item('planned'));
  expect(await hub.faults()).toEqual({ 'create-open-once': 1, 'run-adds-up': 1 });
});

it('finds two rows that were made for one customer, and no closing says equal over them', async () => {
  await plant(`insert into source_record ${again(`'S-0009'`, made)}`);
  expect(await hub.faults()).toEqual({ 'made-once': 1 });
  hub.target.weather = 'fair';
  hub.target.edit('S-0009', hub.target.shown()[0]!.data);
  const run = await hub.refresh();
  expect(run.closing).toMatch(/^equal but for 1 row doubled; /);
  expect(run.counts).toMatchObject({ doubled: 1 });
});

it('a row that the target’s own user makes beside the one that was made is named as doubled', async () => {
  hub.target.weather = 'fair';
  await hub.laneUntilDone();
  hub.target.edit('T-77', hub.target.shown()[0]!.data);
  const run = await hub.refresh();
  expect(run).toMatchObject({
    closing: expect.stringMatching(/^equal but for 1 row doubled; /),
    counts: { doubled: 1 },
  });
  const items = (await hub.hub.asAdmin('GET', `/api/v1/refreshes/${run.runId}/items?kind=doubled`)).json<object>();
  expect(items).toMatchObject({ items: [{ sourceId: 'T-77', code: 'made-twice' }] });
});

it('finds a record that two deliveries made', async () => {
  const columns = 'record_id, kind, at, content, native, filed_at, base, version, refused';
  const twice = (kind: string) => `insert into record_entry (${columns}, delivery_id)
    select e.record_id, e.kind, e.at + interval '1 s', e.content, e.native, e.filed_at, e.base, e.version, e.refused,
      '00000000-0000-4000-8000-000000000001'
    from record_entry e join source_record r using (record_id) ${made} and e.kind = '${kind}'`;
  await plant(twice('offer'), twice('receipt'));
  expect(await hub.faults()).toEqual({ 'create-answered-once': 1 });
});

it('refuses two open creates and two records to be made by the database itself', async () => {
  const items = `insert into refresh_item (run_id, seq, kind, customer_id, fields, outcome, round, at, creates_in)
    select run_id, seq + 1000, kind, customer_id, fields, 'planned', round, at, creates_in from refresh_item where outcome = 'sent'`;
  await expect(plant(items)).rejects.toMatchObject({ constraint: 'refresh_item_create_once' });
  const records = `insert into source_record ${again('null', `where state = 'pending'`)}`;
  await expect(plant(records)).rejects.toMatchObject({ constraint: 'source_record_pending_once' });
});

/** The schema as it was, so that a hub of before can be planted. */
const before = [
  'alter table source_record drop constraint source_record_pending_once, drop column withdrawn',
  'alter table refresh_item drop column creates_in',
  'drop index refresh_item_create, source_record_pending',
];
const migrate = () => {
  const runner = { query: (sql: string) => plant(sql) } as unknown as QueryRunner;
  return new CreatesOnce1764003100000().up(runner);
};

it('a hub that had doubles before it knew better comes up, and makes each customer once', async () => {
  await plant(
    ...before,
    `insert into source_record ${again('null', `where state = 'pending'`)}`,
    item('planned'),
    `update refresh_item i set record_id = (select max(record_id) from source_record), outcome = 'sent',
       delivery_id = '00000000-0000-4000-8000-000000000002' where outcome = 'planned'`,
  );
  await migrate();
  // What was planted was not counted; the figures of runs from before are counted anew by a later step of the schema.
  expect(await hub.faults()).toEqual({ 'run-adds-up': 1 });
  hub.target.weather = 'fair';
  await hub.laneUntilDone();
  expect((await hub.refresh()).closing).toMatch(/^equal as of /);
  expect(hub.target.shown()).toHaveLength(3);
});

it('of two that were to be made, one that was offered without an answer stays, though the run that offered it has ended', async () => {
  await plant(
    ...before,
    `insert into source_record (record_id, system_id, customer_id, founded_by, origin, state, kind, known) overriding system value
     select -record_id, system_id, customer_id, founded_by, origin, state, kind, known from source_record where state = 'pending'`,
    `update refresh_item set outcome = 'failed', code = 'run-ended' where outcome = 'sent'`,
  );
  await migrate();
  const pending = await hub.query(
    `select record_id > 0 as offered, withdrawn from source_record where state = 'pending' order by 1`,
  );
  expect(pending).toEqual([
    { offered: false, withdrawn: true },
    { offered: true, withdrawn: false },
  ]);
});

it('records that are to be made and belong to no customer are not taken for those of one', async () => {
  await plant(
    ...before,
    ...[1, 2].map(() => `insert into source_record ${again('null', `where state = 'pending' limit 1`)}`),
    `update source_record set customer_id = null where state = 'pending'`,
  );
  await migrate();
  expect(await hub.query(`select withdrawn from source_record where state = 'pending' order by record_id`)).toEqual(
    Array(3).fill({ withdrawn: false }),
  );
});
