import { afterAll, beforeAll, expect, inject, it } from 'vitest';
import { databaseLanes, type DatabaseLane } from '@cinch/api-contract';
import { Accounts } from '../src/platform/accounts/accounts.ts';
import { Database } from '../src/platform/transaction.ts';
import { ListeningHub } from './listening-hub.ts';

let hub: ListeningHub;
let token: string;
let pushed = 0;

beforeAll(async () => {
  hub = await ListeningHub.open(inject('postgresUrl'), { ROLE: 'api' });
  token = await hub.aSystem('crm');
});
afterAll(() => hub?.close());

/** What each lane is for, and how it is answered. */
const uses: Partial<Record<DatabaseLane, () => Promise<number>>> = {
  intake: async () => {
    const id = String((pushed += 1));
    const body = [{ id, data: { id, given: 'Ada', family: 'Byron' } }];
    return (await hub.call('POST', '/api/v1/systems/crm/records', { token, body })).status;
  },
  acts: async () => (await hub.asAdmin('PUT', '/api/v1/outbound', { outbound: 'on', reason: 'a test' })).status,
  calls: async () => (await hub.asAdmin('GET', '/api/v1/systems')).status,
  long: async () => (await hub.asAdmin('GET', '/api/v1/crosswalk')).status,
  vital: async () => {
    const person = await hub.hub.app.get(Accounts).logIn('admin@cinch.local', ListeningHub.password, undefined);
    return person === null ? 401 : 200;
  },
};

/** Holds every connection of a lane, as stalled readers, slow senders and long statements do, while `work` goes on. */
async function held(lane: DatabaseLane, work: () => Promise<void>): Promise<void> {
  const over = Promise.withResolvers<void>();
  const each = Array.from({ length: databaseLanes[lane].connections }, () => {
    const begun = Promise.withResolvers<void>();
    const done = hub.hub.app
      .get(Database)
      .in(lane)
      .transaction(async (tx) => {
        await tx.query('select 1');
        begun.resolve();
        await over.promise;
      });
    return { begun: begun.promise, done };
  });
  await Promise.all(each.map(({ begun }) => begun));
  await work().finally(() => over.resolve());
  await Promise.all(each.map(({ done }) => done));
}

it.each(Object.keys(databaseLanes) as DatabaseLane[])(
  'whoever takes all connections of %s keeps no other lane from its own',
  async (lane) => {
    const others = Object.entries(uses).filter(([name]) => name !== lane);
    const answers: number[] = [];
    await held(lane, async () => {
      for (const [, use] of others) answers.push(await use());
    });
    for (const [index, [name]] of others.entries()) expect(answers[index], name).toBeLessThan(300);
  },
);

it('who finds no connection free is told to come back, soon, and is taken then', async () => {
  await held('long', async () => {
    const answer = await hub.asAdmin('GET', '/api/v1/crosswalk');
    expect([answer.status, answer.headers.get('retry-after')]).toEqual([503, '2']);
  });
  expect(await uses.long!()).toBe(200);
});
