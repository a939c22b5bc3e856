import type { RefreshRun } from '@cinch/api-contract';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { drained } from '../stack/drained.ts';
import { type HubApi, hubApi } from '../stack/hub-api.ts';
import { pushAll } from '../stack/system-api.ts';
import { startThrowawayStack, type ThrowawayStack } from '../stack/throwaway-stack.ts';
import { touchAdipose, touchBellyfat } from '../stack/touch.ts';

const rounds = 10;
const limitMs = 120_000;

let stack: ThrowawayStack;
let hub: HubApi;

beforeAll(async () => {
  stack = await startThrowawayStack();
  hub = hubApi(stack);
}, limitMs);

afterAll(() => stack?.stop());

test(
  'ten rounds of pushing every row whole, touched or not, and refreshing both systems change no golden value',
  async () => {
    await drained(stack, hub);
    const before = await goldenRecords();
    expect(before.length, 'the demo has customers to compare').toBeGreaterThan(200);

    for (let round = 1; round <= rounds; round += 1) {
      // Rows as they were are recognised by their version. These have a new one, and the hub must see that they say the same.
      const touched = before.filter((_, place) => place % rounds === round - 1).flatMap(({ members }) => members);
      await touchAdipose(stack.databaseUrls.adipose!, keysOf('adipose', touched));
      await touchBellyfat(stack.databaseUrls.bellyfat!, keysOf('bellyfat', touched));
      const pushed = [await pushAll(stack.adiposeUrl), await pushAll(stack.bellyfatUrl)];
      expect(
        pushed.every((rows) => rows > 200),
        `in round ${round} both systems push all their rows: ${pushed}`,
      ).toBe(true);
      await drained(stack, hub);
      for (const system of ['adipose', 'bellyfat']) {
        expect(proofOf(await hub.refresh(system)), `the refresh of ${system} in round ${round} finds it equal`).toEqual(
          {
            phase: 'closed',
            closing: expect.stringMatching(/^equal as of /),
            heard: 0,
            drifted: 0,
            create: 0,
            change: 0,
          },
        );
      }
      expect(await hub.openConflicts(), `no conflict opens in round ${round}`).toEqual([]);
    }

    expect(await goldenRecords(), 'every golden value and its version are as they were').toEqual(before);
    const { inbox } = await hub.status();
    expect(inbox.applied + inbox.superseded, 'every push was applied or superseded, none is in error').toBe(
      inbox.accepted,
    );
  },
  limitMs,
);

function keysOf(system: string, members: readonly { system: string; sourceId: string | null }[]): string[] {
  const keys = members.filter((member) => member.system === system).map((member) => member.sourceId);
  if (keys.includes(null))
    throw new Error(`After its refreshes each record of the demo has a key, but one of ${system} has none.`);
  return keys as string[];
}

function proofOf({ phase, closing, counts: { heard, drifted, create, change } }: RefreshRun) {
  return { phase, closing, heard, drifted, create, change };
}

/** What must not move: each customer's version, its values with their times, and what each system is known to hold of them. */
async function goldenRecords() {
  const records = [];
  for (const { customerId } of await hub.customers()) {
    const { version, values, members } = await hub.customer(customerId);
    records.push({
      customerId,
      version,
      values: values.map(({ attribute, value, rule, from }) => ({ attribute, value, rule, from })),
      members: members.map(({ system, sourceId, holds }) => ({ system, sourceId, holds })),
    });
  }
  return records;
}
