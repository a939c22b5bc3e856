import pg from 'pg';
import { afterAll, beforeAll, expect, inject, it } from 'vitest';
import type {} from '../../../../../scripts/test-postgres.ts';
import type { TestDatabase } from '../../../../../scripts/test-database.ts';
import { createHubDatabase } from '../../../test/hub-database.ts';
import type { Glance } from '../../platform/transaction.ts';
import { ViewsStore } from './views.store.ts';

let database: TestDatabase;
let client: pg.Client;
beforeAll(async () => {
  database = await createHubDatabase(inject('postgresUrl'));
  client = new pg.Client({ connectionString: database.url });
  await client.connect();
  await client.query(`
    insert into system (code, name, outbound, lane, scope) values ('shop', 'Shop', 'armed', 'on', '{"create":"nobody","keep":"everybody"}');
    insert into refresh_run (system_id, mode, phase, counts, started_by, started_at)
    select system_id, mode, phase, '{}', 'test', now() from system, (values ('full', 'planned'), ('events', 'standing')) as t(mode, phase);
    insert into refresh_item (run_id, seq, kind, customer_id, fields, outcome, round, at)
    select run_id, n, 'change', n, repeat(' ', 100), case mode when 'full' then 'planned' else 'stored' end, 0, now()
    from refresh_run, generate_series(1, 20000) n;
    analyze refresh_item, refresh_run, system`);
});
afterAll(async () => {
  await client?.end();
  await database?.drop();
});

it('what is open between refreshes is looked up after each push: a plan of many is not looked through for it', async () => {
  const plans: string[] = [];
  const asked: Glance = {
    async query<Row>(sql: string, given?: unknown[]) {
      const { rows } = await client.query<{ 'QUERY PLAN': string }>(`explain ${sql}`, given);
      plans.push(...rows.map((row) => row['QUERY PLAN']));
      return (await client.query(sql, given)).rows as Row[];
    },
  };
  const due = () => new ViewsStore().lanesDue(asked, Date.now());
  expect(await due()).toEqual([]);
  expect(plans.join('\n')).not.toMatch(/Seq Scan on refresh_item/);
  await client.query(`update refresh_item i set outcome = 'planned' from refresh_run r where r.run_id = i.run_id and r.mode = 'events' and i.seq = 20000`); // prettier-ignore
  expect(await due(), 'one is open').toHaveLength(1);
});
