import { afterAll, beforeAll, expect, test } from 'vitest';
import { drained, onDatabase } from '../stack/drained.ts';
import { type HubApi, hubApi } from '../stack/hub-api.ts';
import { sharedCustomers } from '../stack/shared-customer.ts';
import { adiposePhone, bellyfatPhone, setAdiposePhone, setBellyfatPhone } from '../stack/system-api.ts';
import { startThrowawayStack, type ThrowawayStack } from '../stack/throwaway-stack.ts';

const limitMs = 120_000;
const typed = { native: '6175550129', e164: '+16175550129' };

let stack: ThrowawayStack;
let hub: HubApi;

beforeAll(async () => {
  stack = await startThrowawayStack();
  hub = hubApi(stack);
}, limitMs);

afterAll(() => stack?.stop());

test(
  'an edit in Adipose whose event was lost is heard by the refresh, wins, and is brought to BellyFat',
  async () => {
    const { customerId, adiposeKey, bellyfatKey } = (await sharedCustomers(hub, 1))[0]!;
    await losingEvents(stack.databaseUrls.adipose!, () => setAdiposePhone(stack.adiposeUrl, adiposeKey, typed.native));
    await drained(stack, hub);
    expect(await goldenPhone(customerId), 'the hub does not know of the edit').not.toBe(typed.e164);

    const ofAdipose = await hub.refresh('adipose');
    expect(ofAdipose.closing, 'the refresh of Adipose closes equal').toMatch(/^equal as of /);
    expect(ofAdipose.counts, 'it heard the one edited row and changed nothing').toMatchObject({ heard: 1, change: 0 });
    expect(await adiposePhone(stack.adiposeUrl, adiposeKey), 'the edit was not overwritten').toBe(typed.native);
    expect(await goldenPhone(customerId), 'the edit won').toBe(typed.e164);

    const ofBellyfat = await hub.refresh('bellyfat');
    expect(ofBellyfat.closing, 'the refresh of BellyFat closes equal').toMatch(/^equal as of /);
    expect(ofBellyfat.counts, 'it changed the one customer').toMatchObject({ change: 1, applied: 1 });
    expect(await bellyfatPhone(stack.bellyfatUrl, bellyfatKey), 'BellyFat holds the edit').toBe(typed.e164);
    expect(await hub.openConflicts(), 'no conflict opened').toEqual([]);
  },
  limitMs,
);

test(
  'two edits of one phone whose events were both lost still open a conflict, and neither is overwritten',
  async () => {
    const { customerId, adiposeKey, bellyfatKey } = (await sharedCustomers(hub, 1, 5))[0]!;
    await losingEvents(stack.databaseUrls.adipose!, () => setAdiposePhone(stack.adiposeUrl, adiposeKey, '6175550130'));
    await losingEvents(stack.databaseUrls.bellyfat!, () =>
      setBellyfatPhone(stack.bellyfatUrl, bellyfatKey, '+16175550131'),
    );
    expect((await hub.refresh('adipose')).closing, 'the first is heard').toMatch(/^equal as of /);
    for (const system of ['bellyfat', 'adipose'])
      expect((await hub.refresh(system)).closing, `the refresh of ${system} closes equal but for the phone`).toMatch(
        /^equal but for 1 that waits for a person \(1 conflict\); /,
      );

    expect(
      [await adiposePhone(stack.adiposeUrl, adiposeKey), await bellyfatPhone(stack.bellyfatUrl, bellyfatKey)],
      'each system keeps what was typed there',
    ).toEqual(['6175550130', '+16175550131']);
    const conflicts = await hub.openConflicts();
    expect(
      conflicts.map((conflict) => [conflict.customerId, conflict.attribute]),
      'one conflict over this phone is open',
    ).toEqual([[customerId, 'phone.primary']]);
  },
  limitMs,
);

async function goldenPhone(customerId: string) {
  const { values } = await hub.customer(customerId);
  return values.find((value) => value.attribute === 'phone.primary')?.value;
}

/** Events that are enqueued meanwhile vanish in the moment of their change, as in a system whose queue was restored or purged. */
async function losingEvents(databaseUrl: string, work: () => Promise<void>): Promise<void> {
  await onDatabase(databaseUrl, async (client) => {
    await client.query(`create function lose_event() returns trigger language plpgsql as 'begin return null; end'`);
    await client.query('create trigger lose_event before insert on outbox for each row execute function lose_event()');
    try {
      await work();
    } finally {
      await client.query('drop function lose_event() cascade');
    }
  });
}
