import type { RefreshRun } from '@cinch/api-contract';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { drained } from '../stack/drained.ts';
import { type HubApi, hubApi } from '../stack/hub-api.ts';
import { pushAll } from '../stack/system-api.ts';
import { startThrowawayStack, type ThrowawayStack } from '../stack/throwaway-stack.ts';

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
  'ten rounds of pushing every row whole and refreshing both systems in full change no golden value',
  async () => {
    await drained(stack, hub);
    const before = await goldenRecords();
    expect(before.length, 'the demo has customers to compare').toBeGreaterThan(200);

    for (let round = 1; round <= rounds; round += 1) {
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
            closing: 'equal',
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

function proofOf({ phase, closing, counts: { heard, drifted, create, change } }: RefreshRun) {
  return { phase, closing, heard, drifted, create, change };
}

/** What must not move: each customer's version and values; with what each system is known to hold. */
async function goldenRecords() {
  const records = [];
  for (const { customerId } of await hub.customers()) {
    const { version, values, members } = await hub.customer(customerId);
    records.push({
      customerId,
      version,
      values: values.map(({ attribute, value, rule, from }) => ({ attribute, value, rule, from })),
      holds: members.map((member) => ({ recordId: member.recordId, version: member.version, holds: member.holds })),
    });
  }
  return records;
}
