import { status } from '@cinch/api-contract';
import { Client } from 'pg';
import { afterEach, beforeEach, describe, expect, inject, it } from 'vitest';
import type {} from '../../../scripts/test-postgres.ts';
import { SealTokens } from '../src/pipeline/seal-tokens.ts';
import { ClockKeeper } from '../src/platform/clock-keeper.ts';
import { ListeningHub } from './listening-hub.ts';

describe('a hub that is started while its database takes no writes', () => {
  let hub: ListeningHub;
  let database: Client;
  beforeEach(async () => {
    hub = await ListeningHub.open(inject('postgresUrl'), { ROLE: 'api' });
    await hub.aSystem('shop');
    database = new Client({ connectionString: hub.databaseUrl });
    await database.connect();
    // As a hub of an older version left it: to be sealed at the start.
    await database.query(`update system set adapter_token = 'only-for-this-test', adapter_token_key = null`);
    await hub.stop();
  });
  afterEach(async () => {
    await database?.end();
    await hub?.close();
  });

  const writeThrough = `begin; set local transaction_read_only = off;`;
  const ails = {
    'disk-full': {
      ail: `create function ail() returns trigger language plpgsql as
              $$ begin raise exception 'could not extend file' using errcode = '53100'; end $$;
            create trigger ail before insert or update on time_seen execute function ail();
            create trigger ail before insert or update on system execute function ail();
            create trigger ail before insert or update on login_session execute function ail()`,
      heal: 'drop function ail cascade',
    },
    'database-read-only': {
      ail: `do $$ begin execute format('alter database %I set default_transaction_read_only = on', current_database()); end $$`,
      heal: `${writeThrough} do $$ begin execute format('alter database %I reset default_transaction_read_only', current_database()); end $$; commit`,
    },
  };

  it.each(Object.entries(ails))(
    'answers, tells of %s, lets an admin log in, and does later what it could not',
    async (code, { ail, heal }) => {
      const sealed = async () =>
        (await database.query<{ key: string | null }>('select adapter_token_key as key from system')).rows[0]!.key;
      await database.query(ail);
      hub = await hub.again();
      const { troubles } = status.parse((await hub.asAdmin('GET', '/api/v1/status')).json());
      expect(troubles.map((trouble) => trouble.code)).toContain(code);
      const body = { email: 'admin@cinch.local', password: ListeningHub.password };
      expect((await hub.call('POST', '/api/v1/session', { body })).status).toBe(200);
      expect(await sealed()).toBeNull();
      await database.query(heal);
      // Connections that were made meanwhile still have the setting of the database.
      await database.query(
        `select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid()`,
      );
      await expect
        .poll(() =>
          hub.hub.app
            .get(SealTokens)
            .again()
            .then(sealed, () => null),
        )
        .not.toBeNull();
      await hub.hub.app.get(ClockKeeper).keep();
    },
  );
});
