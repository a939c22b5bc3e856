import { afterAll, beforeAll, expect, inject, it } from 'vitest';
import type {} from '../../../scripts/test-postgres.ts';
import { Decide } from '../src/pipeline/decide.ts';
import { Identify } from '../src/pipeline/identify.ts';
import { Ingest } from '../src/pipeline/ingest.ts';
import { Rederive } from '../src/pipeline/rederive.ts';
import { SystemsInForce } from '../src/pipeline/systems-in-force.ts';
import { Committer } from '../src/platform/committer.ts';
import { Database } from '../src/platform/transaction.ts';
import { SystemsStore } from '../src/stages/systems/systems.store.ts';
import { WalkingHub } from './walking-hub.ts';

interface Shared {
  customerId: number;
  adiposeId: number;
  adipose: string;
  bellyfat: string;
}

const wish = { reason: 'called the customer', by: 'steward' };
let hub: WalkingHub;
let shared: Shared[];
beforeAll(async () => {
  hub = await WalkingHub.open(inject('postgresUrl'), { demo: true });
  for (const system of ['adipose', 'bellyfat', 'adipose', 'bellyfat']) await hub.refresh(system);
  shared = await hub.query<Shared>(
    `select r.customer_id as "customerId", r.record_id as "adiposeId", r.source_key as adipose, b.source_key as bellyfat
     from source_record r join system s using (system_id) join source_record b on b.customer_id = r.customer_id and b.system_id <> r.system_id
     where s.code = 'adipose' and r.origin = 'push' and b.origin = 'push' order by 1`,
  );
});
afterAll(() => hub?.stop());

const counts = async (system: string) => (await hub.refresh(system)).counts;

/** What a system tells of a part of a row, straight into the pipeline. */
async function tell(code: string, key: string, act: 'patch' | 'delete', version: number, data: object | null) {
  await hub.get(Committer).commit(async (tx) => {
    const inForce = await hub.get(SystemsInForce).load(tx);
    const { systemId, lens } = [...inForce.values()].find((system) => system.code === code)!;
    const batch = await tx.query<{ id: number }>(
      `insert into inbox_batch (system_id, form, received_at, body_hash, n, done_at)
       values ($1, 'events', now(), '', 1, now()) returning batch_id as id`,
      [systemId],
    );
    const from = { systemId, lens, kind: 'push', runId: null } as const;
    const row = {
      line: 1,
      act,
      eventId: 'e',
      key,
      version,
      changedAt: Date.now(),
      delivery: null,
      data: data as never,
    };
    const { places } = await hub
      .get(Ingest)
      .rows(tx, inForce, from, [{ ...row, batchId: batch[0]!.id, acceptedAt: Date.now() }]);
    await tx.query(`update inbox_batch set n_${places[0]} = 1 where batch_id = $1`, [batch[0]!.id]);
  });
}

it('a customer that was deleted in a system is not made there again, until a person reopens it, and not once that is undone', async () => {
  const { customerId, adipose } = shared[1]!;
  const { ver } = await hub.row('adipose', adipose);
  await hub.sql('adipose', 'delete from customer where acct_no = $1', [adipose]);
  await tell('adipose', adipose, 'delete', Number(ver) + 1, null);
  expect(await counts('adipose')).toMatchObject({ create: 0, missing: 0, surplus: 0 });

  const { decisionId } = await hub.get(Identify).reopen(customerId, 'adipose', wish);
  await expect(hub.get(Identify).reopen(customerId, 'adipose', wish)).rejects.toMatchObject({ code: 'not-possible' });
  await hub.get(Decide).undo(decisionId, 'steward');
  expect(await counts('adipose')).toMatchObject({ create: 0 });
  await hub.get(Identify).reopen(customerId, 'adipose', wish);
  expect(await counts('adipose')).toMatchObject({ create: 1 });
  const records = await hub.query<{ source_key: string }>(
    `select source_key from source_record where customer_id = $1 order by record_id`,
    [customerId],
  );
  expect(records).toHaveLength(3);
});

it('a row that is gone without a word is missing until a person confirms it; shown again by its system, it is surplus', async () => {
  const { adiposeId, adipose } = shared[2]!;
  const row = await hub.row('adipose', adipose);
  await hub.sql(
    'adipose',
    `create table hidden as select * from customer where acct_no = $1`.replace('$1', `'${adipose}'`),
    [],
  );
  await hub.sql('adipose', 'delete from customer where acct_no = $1', [adipose]);
  expect(await counts('adipose')).toMatchObject({ missing: 1, create: 0 });

  await hub.get(Identify).confirmDeleted(adiposeId, wish);
  expect(await counts('adipose')).toMatchObject({ missing: 0, create: 0, surplus: 0 });
  await hub.sql('adipose', 'insert into customer select * from hidden', []);
  expect(await counts('adipose')).toMatchObject({ missing: 0, surplus: 1, change: 0 });

  await hub.edit('adipose', adipose, { addr2: 'BACK AGAIN' });
  expect(await counts('adipose')).toMatchObject({ heard: 1, surplus: 0 });
  expect((await hub.row('adipose', adipose)).name).toBe(row.name);
});

it('a delete that came before its record waits in the error log, and counts once the record has come', async () => {
  const gone = { code: 'no-base', resolved: false };
  await tell('adipose', 'A-900001', 'delete', 2, null);
  const logged = () =>
    hub.query<{ code: string; resolved: boolean }>(
      `select code, resolved_at is not null as resolved from error_entry where source_key = 'A-900001'`,
    );
  expect(await logged()).toEqual([gone]);
  await hub.get(Committer).commit(async (tx) => {
    const inForce = await hub.get(SystemsInForce).load(tx);
    const { systemId, lens } = [...inForce.values()].find((system) => system.code === 'adipose')!;
    const data = { acct_no: 'A-900001', cust_type: 'P', name: 'BROOK, ANN', ver: 1, upd: 1_700_000_000 };
    const row = { line: 1, act: 'whole', eventId: null, key: 'A-900001', version: null, changedAt: null } as const;
    const from = { systemId, lens, kind: 'push', runId: null } as const;
    await hub
      .get(Ingest)
      .rows(tx, inForce, from, [{ ...row, batchId: null, delivery: null, data, acceptedAt: Date.now() }]);
  });
  expect(await logged()).toEqual([{ ...gone, resolved: true }]);
  const [record] = await hub.query<{ deleted: string | null; state: string }>(
    `select r.deleted, c.state from source_record r join customer c using (customer_id) where r.source_key = 'A-900001'`,
  );
  expect(record).toMatchObject({ state: 'retired' });
  expect(record!.deleted).not.toBeNull();
  const sums = await hub.query(
    'select 1 from inbox_batch where done_at is not null and n <> n_applied + n_superseded + n_error',
  );
  expect(sums).toEqual([]);
});

it('a patch changes what it names, and the next refresh hears the rest of that version', async () => {
  const { adipose, customerId } = shared[3]!;
  const { ver } = await hub.row('adipose', adipose);
  await hub.edit('adipose', adipose, { phone: '2025550111', addr2: 'SECOND FLOOR' });
  await tell('adipose', adipose, 'patch', Number(ver) + 1, { phone: '2025550111' });
  const golden = async () => {
    const [row] = await hub.query<{ attributes: string }>('select attributes from golden where customer_id = $1', [
      customerId,
    ]);
    return JSON.parse(row!.attributes) as Record<string, { value: unknown }>;
  };
  expect((await golden())['phone.primary']!.value).toBe('+12025550111');
  expect(JSON.stringify((await golden())['address.primary']!.value)).not.toContain('Second');
  expect(await counts('adipose')).toMatchObject({ heard: 1 });
  expect(JSON.stringify((await golden())['address.primary']!.value)).toContain('Second Floor');
});

it('a customer whose record no longer belongs there is surplus, is still refreshed, and is nobody’s to delete but a person’s', async () => {
  const { bellyfat } = shared[4]!;
  await hub.edit('bellyfat', bellyfat, { lifecycle: 'deceased' });
  await hub.refresh('bellyfat');
  await hub.get(Database).transaction(async (tx) => {
    const { systemId } = await hub.get(SystemsStore).named(tx, 'adipose');
    const keep = { not: { attribute: 'lifecycle', is: 'deceased' } } as const;
    await hub.get(SystemsStore).setScope(tx, systemId, { create: 'everybody', keep });
  });
  const { adipose } = shared[4]!;
  expect(await counts('adipose')).toMatchObject({ change: 1 });
  expect(await hub.row('adipose', adipose)).toMatchObject({ status: 'I' });
  const surplus = await hub.query<{ key: string }>(
    `select r.source_key as key from refresh_item i join source_record r using (record_id)
     where i.kind = 'surplus' and i.code = 'not-kept' and i.run_id = (select max(run_id) from refresh_run)`,
  );
  expect(surplus.map((one) => one.key)).toContain(adipose);
});

it('a system set back two days loses no later edit: the hub hears it, brings back what it lost, and closes equal', async () => {
  const { adipose, customerId } = shared[5]!;
  await hub.sql('adipose', `create table backup as select * from customer where acct_no = '${adipose}'`, []);
  const setBackTo = Date.now();
  await new Promise((resolve) => setTimeout(resolve, 1_100));
  await hub.edit('adipose', adipose, { phone: '2025550199', credit_limit_cents: 777_700 });
  await hub.refresh('adipose');
  await hub.refresh('bellyfat');

  await hub.sql('adipose', 'delete from customer where acct_no = $1', [adipose]);
  await hub.sql('adipose', 'insert into customer select * from backup', []);
  await new Promise((resolve) => setTimeout(resolve, 1_100));
  await hub.get(Database).transaction(async (tx) => {
    const { systemId } = await hub.get(SystemsStore).named(tx, 'adipose');
    const restoredAt = Date.now();
    await hub.get(SystemsStore).noteRestore(tx, systemId, { setBackTo, restoredAt }, 'admin', restoredAt);
  });
  while (await hub.get(Rederive).next());
  expect(await hub.refresh('adipose')).toMatchObject({ counts: { missing: 0 } });
  expect(await hub.row('adipose', adipose)).toMatchObject({ phone: '2025550199', credit_limit_cents: 777_700 });
  const conflicts = await hub.query('select 1 from conflict where customer_id = $1 and closed_at is null', [
    customerId,
  ]);
  expect(conflicts).toEqual([]);
});
