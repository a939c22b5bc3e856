import { afterAll, beforeAll, expect, inject, it } from 'vitest';
import type {} from '../../../../scripts/test-postgres.ts';
import { History } from './history.ts';
import { SentHub } from './sent-hub.ts';

/** `OUTBOUND_HISTORIES` and `OUTBOUND_SEED` make more of them, or others. */
const histories = Number(process.env['OUTBOUND_HISTORIES'] ?? 8);
const firstSeed = Number(process.env['OUTBOUND_SEED'] ?? 1);
const actsOfOne = 30;
const perHistoryMs = 20_000;

let hub: SentHub;
beforeAll(async () => {
  hub = await SentHub.open(inject('postgresUrl'));
});
afterAll(() => hub?.close());

it(
  'whatever happens on the way, each customer is made once, nothing is lost, and no doubled row is called equal',
  { timeout: histories * perHistoryMs },
  async () => {
    for (let seed = firstSeed; seed < firstSeed + histories; seed += 1) {
      const history = new History(hub, seed);
      await history.live(actsOfOne);
      expect(await history.faults(), `seed ${seed}:\n${history.acts.join('\n')}`).toEqual([]);
    }
    expect(hub.target.log.length).toBeGreaterThan(histories);
  },
);
