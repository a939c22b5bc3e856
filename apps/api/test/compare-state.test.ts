import { readFileSync } from 'node:fs';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import type {} from '../../../scripts/test-postgres.ts';
import { compareState, inWords } from '../../../scripts/compare-state/compare.ts';
import { createTestDatabase, type TestDatabase } from '../../../scripts/test-database.ts';
import { openHub, type Hub } from '../src/hub.ts';
import { Decide } from '../src/pipeline/decide.ts';
import { Worker } from '../src/pipeline/worker.ts';
import { readEnvironment } from '../src/platform/environment.ts';
import { Database } from '../src/platform/transaction.ts';
import { AcceptanceStore } from '../src/stages/inbox/acceptance.store.ts';
import { acceptBody } from '../src/stages/inbox/read-body.ts';
import type { BodyForm } from '../src/stages/inbox/read-line.ts';
import { MappingsStore } from '../src/stages/mappings/mappings.store.ts';
import { SystemsStore } from '../src/stages/systems/systems.store.ts';

const made: TestDatabase[] = [];
const start = Date.UTC(2026, 0, 1);
const at = (days: number) => start + days * 86_400_000;

async function aDatabase(template?: string): Promise<TestDatabase> {
  const options = template === undefined ? {} : { template: new URL(template).pathname.slice(1) };
  const database = await createTestDatabase(inject('postgresUrl'), options);
  made.push(database);
  return database;
}

/** Nobody is like anybody else. */
const people = [
  { given: 'Ada', family: 'Byron' },
  { given: 'Beatrice', family: 'Lovelace' },
  { given: 'Cleo', family: 'Somerville' },
  { given: 'Dot', family: 'Germain' },
];
const emailOf = (n: number) => `${people[n]!.given}.${people[n]!.family}@example.com`.toLowerCase();

function adiposeRow(n: number, ver: number, phone: string) {
  const upd = at(ver) / 1000;
  const names = {
    acct_no: `A-${n}`,
    cust_type: 'P',
    name: `${people[n]!.family}, ${people[n]!.given}`.toUpperCase(),
    phone,
    email: emailOf(n),
  };
  return {
    id: `A-${n}`,
    version: ver,
    changedAt: new Date(at(ver)).toISOString(),
    data: { ...names, status: 'A', upd, ver },
  };
}

function bellyfatRow(n: number, days: number, phone: string, creditLimit?: object) {
  const revision = new Date(at(days)).toISOString();
  const data = {
    customerId: `bf_${n}`,
    person: { ...people[n]!, middle: null },
    phones: [{ e164: `+1${phone}`, use: 'home', primary: true }],
    emails: [{ address: emailOf(n), use: 'home', primary: true }],
    lifecycle: 'active',
    ...(creditLimit && { creditLimit }),
    revision,
  };
  return { id: `bf_${n}`, version: at(days), changedAt: revision, data };
}

/** The same facts in two hubs that heard of them in another order, so that every id is another. */
async function aHub(isReversed: boolean): Promise<string> {
  const database = await aDatabase();
  const hub = await openHub(
    readEnvironment({ ROLE: 'api', DATABASE_URL: database.url, AUTH_SECRET: 'x'.repeat(40), LOG_LEVEL: 'silent' }),
  );
  const phone = (n: number) => ['2025550100', '3035550121', '4045550132', '5055550143'][n]!;
  await register(hub, isReversed ? ['bellyfat', 'adipose'] : ['adipose', 'bellyfat']);
  const first = [
    () =>
      push(
        hub,
        'adipose',
        'records',
        'a1',
        [0, 1, 2, 3].map((n) => adiposeRow(n, 1, phone(n))),
      ),
    () =>
      push(
        hub,
        'bellyfat',
        'records',
        'b1',
        [3, 1, 0, 2].map((n) => bellyfatRow(n, 2, phone(n))),
      ),
  ];
  for (const tell of isReversed ? first.toReversed() : first) await tell();
  await push(hub, 'adipose', 'records', 'a2', [adiposeRow(0, 4, '2025550199'), { id: 7, data: null }]);
  await push(hub, 'bellyfat', 'records', 'b2', [
    bellyfatRow(0, 3, '2025550188'),
    bellyfatRow(1, 3, phone(1), { amount: '900.00', currency: 'USD' }),
  ]);
  await push(hub, 'adipose', 'events', 'a3', [aPatch('A-77')]);
  const [pinned] = await hub.app
    .get(Database)
    .read((tx) => tx.query<{ id: number }>(`select customer_id as id from source_record where source_key = 'bf_2'`));
  const pin = {
    attribute: 'phone.primary',
    value: '+12025550177',
    until: null,
    reason: 'called',
    by: 'steward',
  } as const;
  await hub.app.get(Decide).pin(pinned!.id, pin);
  await hub.close();
  return database.url;
}

function aPatch(subject: string) {
  const envelope = { specversion: '1.0', id: 'e1', source: '/adipose', type: 'customer.patched', subject };
  return { ...envelope, time: new Date(at(5)).toISOString(), rowversion: 9, data: { phone: '2025550166' } };
}

async function register(hub: Hub, codes: readonly string[]): Promise<void> {
  await hub.app.get(Database).transaction(async (tx) => {
    for (const code of codes) {
      const file = new URL(`../src/demo/mappings/${code}.json`, import.meta.url);
      const scope = { create: 'everybody', keep: 'everybody' } as const;
      const system = { code, name: code, adapterUrl: null, adapterToken: null, scope };
      const { systemId } = (await hub.app.get(SystemsStore).create(tx, system))!;
      const document = JSON.parse(readFileSync(file, 'utf8'));
      await hub.app.get(MappingsStore).publish(tx, systemId, document, new Date(), 'test');
    }
  });
}

async function push(
  hub: Hub,
  code: string,
  form: BodyForm,
  idempotencyKey: string,
  rows: readonly object[],
): Promise<void> {
  const body = Buffer.from(JSON.stringify(rows));
  await hub.app.get(Database).transaction(async (tx) => {
    const delivered = {
      system: code,
      form,
      body,
      read: await acceptBody(form, body),
      idempotencyKey,
      loadId: null,
      receivedAt: at(10),
    };
    await hub.app.get(AcceptanceStore).accept(tx, delivered);
  });
  await hub.app.get(Worker).drained();
}

let left: string;
let right: string;
beforeAll(async () => {
  left = await aHub(false);
  right = await aHub(true);
});
afterAll(async () => {
  for (const database of made.toReversed()) await database.drop();
});

it('two hubs that heard the same in another order are equal but for the order, whatever their ids', async () => {
  const { compared, differences } = await compareState(left, right, { without: ['history'] });
  expect(differences.map(inWords)).toEqual([]);
  const all = {
    records: 8,
    timelines: 8,
    customers: 4,
    batches: 5,
    decisions: 1,
    'change requests': 1,
    'waiting parts': 1,
  };
  expect(compared).toMatchObject(all);
  expect(compared).not.toHaveProperty('history');
});

it('counts all that differs, shows the first of it, and says it in words', async () => {
  const { differing, differences } = await compareState(left, (await aDatabase(right)).url, { most: 1 });
  expect(differing).toBeGreaterThan(1);
  expect(differences).toHaveLength(1);
  expect(inWords(differences[0]!)).toMatch(/^history, adipose A-\d, .*: left is .*, right is/);
});

describe('one thing that is otherwise is found', () => {
  it.each([
    ['records', 'what a record holds', `update source_record set known = replace(known, '3035550121', '3035550111')`],
    [
      'records',
      'what it asserts',
      `update source_record set known = replace(known, '"change":true', '"change":false')`,
    ],
    [
      'records',
      'who it belongs to',
      `update source_record set customer_id = (select min(customer_id) from customer) where source_key = 'A-3'`,
    ],
    ['records', 'that it is gone', `update source_record set confirmed_gone = head_position where source_key = 'bf_3'`],
    [
      'records',
      'that it is old',
      `update source_record set old_in_load = 1, old_since = now() where source_key = 'A-3'`,
    ],
    [
      'timelines',
      'an entry that is lost',
      `delete from record_entry where batch_id = (select batch_id from inbox_batch where idempotency_key = 'b2')`,
    ],
    [
      'timelines',
      'an entry that was filed twice',
      `insert into record_entry (record_id, kind, version, at, content, native, filed_at)
       select record_id, 'heard', version, at, content, native, filed_at from record_entry limit 1`,
    ],
    [
      'customers',
      'a golden value',
      `update golden set attributes = replace(attributes, '+12025550177', '+12025550178')`,
    ],
    [
      'customers',
      'whom a value is from',
      `update golden set attributes = regexp_replace(attributes, '"recordId":\\d+', '"recordId":' || (select record_id from source_record where source_key = 'A-3')) where display like '%Lovelace%'`,
    ],
    [
      'customers',
      'a conflict that closed',
      `update conflict set closed_at = now(), closed_by = 'choice' where closed_at is null`,
    ],
    ['customers', 'a customer that is lost', `delete from golden where display like '%Germain%'`],
    ['history', 'a step of the history', `delete from golden_history where version > 1`],
    ['batches', 'a count', `update inbox_batch set n_applied = n_applied - 1 where idempotency_key = 'a1'`],
    [
      'batches',
      'a batch that is lost',
      `delete from inbox_reject; delete from waiting_part; delete from inbox_batch where idempotency_key = 'a3'`,
    ],
    [
      'errors',
      'an error that was resolved',
      `update error_entry set resolved_at = now(), resolution = 'filed' where code = 'no-base'`,
    ],
    ['decisions', 'a decision that was undone', `update decision set undone_by = 'x', undone_at = now()`],
    ['change requests', 'how a request ended', `update change_request set state = 'lapsed', closed_at = now()`],
    ['waiting parts', 'a part that is lost', `delete from waiting_part`],
    [
      'views to deliver',
      'a view that is to go out',
      `insert into dirty_view (customer_id, cause, since, system_id) select min(customer_id), 'push', now(), 1 from customer`,
    ],
    ['loads', 'a load', `insert into load (system_id, as_of, state, opened_at) values (1, now(), 'swept', now())`],
    [
      'refreshes',
      'a refresh',
      `insert into refresh_run (system_id, mode, phase, counts, started_by, started_at) values (1, 'full', 'closed', '{}', 'x', now())`,
    ],
    [
      'deliveries',
      'a delivery',
      `insert into refresh_run (system_id, mode, phase, counts, started_by, started_at) values (1, 'events', 'apply', '{}', 'x', now());
       insert into refresh_item (run_id, seq, kind, record_id, fields, outcome, round, at)
       select run_id, 1, 'change', (select min(record_id) from source_record), '[]', 'stored', 0, now() from refresh_run`,
    ],
  ])('%s: %s', async (section, _, sql) => {
    const { url } = await aDatabase(left);
    const client = new pg.Client({ connectionString: url });
    await client.connect();
    await client.query(sql);
    await client.end();
    const { differences } = await compareState(left, url);
    expect(differences.map((difference) => difference.section)).toContain(section);
  });
});
