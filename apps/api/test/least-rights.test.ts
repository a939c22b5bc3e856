import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { makeRole, runStatements } from '../../../scripts/image/database-roles.ts';
import type {} from '../../../scripts/test-postgres.ts';
import { root } from '../../../scripts/workspaces.ts';
import { ListeningHub } from './listening-hub.ts';

const script = readFileSync(join(root, 'docker/databases.sh'), 'utf8');
const [name, other] = [`hub "${process.pid}"`, `other_${process.pid}`];

describe('a hub under the role that docker/databases.sh makes', () => {
  let hub: ListeningHub;
  let url: string;
  let otherUrl: string;
  beforeAll(async () => {
    url = await makeRole(inject('postgresUrl'), script, name, "it's of this test");
    otherUrl = await makeRole(inject('postgresUrl'), script, other, 'of this test');
    hub = await ListeningHub.open(inject('postgresUrl'), { DATABASE_URL: url });
  });
  afterAll(async () => {
    await hub?.close();
    for (const one of [name, other].map((text) => pg.escapeIdentifier(text)))
      await runStatements(inject('postgresUrl'), [`drop database ${one} with (force)`, `drop role ${one}`]);
  });

  it('brings its schema up, and takes in what is pushed, line by line and as a stream', async () => {
    const token = await hub.aSystem('shop');
    const line = (id: string) => JSON.stringify({ id, version: 1, data: { id, given: 'Jo', family: `Doe ${id}` } });
    const push = (raw: string, type: string) =>
      hub.call('POST', '/api/v1/systems/shop/records', { token, headers: { 'content-type': type }, raw });
    expect((await push(`[${line('1')}]`, 'application/json')).status).toBe(202);
    const lines = Array.from({ length: 300 }, (_, n) => line(`${n + 2}`)).join('\n');
    expect((await push(lines, 'application/x-ndjson')).status).toBe(202);
    await expect
      .poll(
        async () => (await hub.asAdmin('GET', '/api/v1/status')).json<{ inbox: { waiting: number } }>().inbox.waiting,
      )
      .toBe(0);
    const { customers } = (await hub.asAdmin('GET', '/api/v1/status')).json<{ customers: number }>();
    expect(customers).toBe(301);
  });

  it('is no superuser, makes no roles and no databases, and reads no file of the server', async () => {
    const refused = [
      'create role more',
      'create database more',
      "copy (select 1) to program 'true'",
      'alter system reset all',
    ];
    for (const sql of [...refused, "select pg_read_file('PG_VERSION')", 'select * from pg_authid'])
      await expect(runStatements(url, [sql]), sql).rejects.toThrow(/permission denied|must be superuser/);
  });

  it('ends the sessions of its own other processes, as a stand-by must, and those of nobody else', async () => {
    const [own, foreign] = [new pg.Client({ connectionString: url }), new pg.Client({ connectionString: otherUrl })];
    const ended = new Promise<void>((over) => own.on('error', () => over()));
    await Promise.all([own.connect(), foreign.connect()]);
    await own.query(`set application_name = 'of a silent process'`);
    const { rows } = await foreign.query<{ pid: number }>('select pg_backend_pid() as pid');
    await runStatements(url, [
      `select pg_terminate_backend(pid) from pg_stat_activity where application_name = 'of a silent process' and state is not null`,
    ]);
    await ended;
    await expect(runStatements(url, [`select pg_terminate_backend(${rows[0]!.pid})`])).rejects.toThrow(
      /permission denied/,
    );
    await foreign.end();
  });

  it('enters no database but its own, and nobody else enters that', async () => {
    const at = (from: string, database: string) => {
      const moved = new URL(from);
      moved.pathname = `/${encodeURIComponent(database)}`;
      return moved.href;
    };
    await expect(runStatements(at(url, other), ['select 1'])).rejects.toThrow(/permission denied/);
    await expect(runStatements(at(otherUrl, name), ['select 1'])).rejects.toThrow(/permission denied/);
  });
});
