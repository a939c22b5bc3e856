import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import type {} from '../../../../../scripts/test-postgres.ts';
import { ListeningHub } from '../../../test/listening-hub.ts';
import { ENVIRONMENT, type Environment } from '../environment.ts';
import { Readiness } from '../readiness.ts';
import { Database } from '../transaction.ts';
import { Accounts } from './accounts.ts';
import { FirstStart } from './first-start.ts';
import { UsersStore } from './users.store.ts';

const ofEightLetters = 'kq7wz2mv';

describe('an ADMIN_PASSWORD that would be refused today', () => {
  let hub: ListeningHub;
  beforeAll(async () => {
    hub = await ListeningHub.open(inject('postgresUrl'), { ROLE: 'api' });
  });
  afterAll(() => hub?.close());

  it('starts a hub that has its accounts, which go on with their passwords', async () => {
    await hub.stop();
    hub = await hub.again({ ROLE: 'api', ADMIN_PASSWORD: ofEightLetters });
    const body = { email: 'admin@cinch.local', password: ListeningHub.password };
    expect((await hub.call('POST', '/api/v1/session', { body })).status).toBe(200);
  });

  it('makes no first account, and says why', async () => {
    const app = hub.hub.app;
    const database = app.get(Database);
    await database.transaction((tx) => tx.query('delete from login_user'));
    const environment = { ...app.get<Environment>(ENVIRONMENT), adminPassword: ofEightLetters };
    const start = new FirstStart(database, app.get(Accounts), app.get(UsersStore), new Readiness(), environment);
    await expect(start.makeAccount()).rejects.toThrow(/ADMIN_PASSWORD: Take at least 12 characters/);
    expect(await database.read((tx) => tx.query('select 1 from login_user'))).toEqual([]);
  });
});
