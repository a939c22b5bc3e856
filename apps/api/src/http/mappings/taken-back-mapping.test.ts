import type { GoldenAttributes } from '@cinch/canonical-model';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { mapping, row, SteppedHub } from '../../../test/stepped-hub.ts';

let hub: SteppedHub;
beforeAll(async () => {
  hub = await SteppedHub.open();
});
afterAll(() => hub?.close());

const reading = (path: string) => ({ ...mapping('id'), changedAt: { path, steps: [{ step: 'isoInstant' }] } });
const told = async (id: string, version: number, given: string, edited: string) => {
  await hub.push([{ ...row(id, { given, edited, bought: '2025-01-01T00:00:00Z' }), version }]);
  await hub.taken();
};
const nameAt = async (id: string) => {
  const [golden] = await hub.sql<{ attributes: string }>(
    `select g.attributes from golden g join source_record r using (customer_id) where r.source_key = '${id}'`,
  );
  const { at } = (JSON.parse(golden!.attributes) as GoldenAttributes)['name']!;
  return new Date(at!).toISOString();
};

it('what a mapping dated that is taken back is dated as the former one has it; a new reading dates only what comes', async () => {
  await hub.publish(reading('edited'));
  await told('1', 1, 'Jo', '2026-01-01T00:00:00Z');
  await hub.publish(reading('bought'));
  expect(await nameAt('1'), 'told before').toBe('2026-01-01T00:00:00.000Z');
  await told('1', 2, 'Joanna', '2026-02-01T00:00:00Z');
  expect(await nameAt('1'), 'as the wrong one has it').toBe('2025-01-01T00:00:00.000Z');
  await hub.publish(reading('edited'));
  expect(await nameAt('1'), 'taken back').toBe('2026-02-01T00:00:00.000Z');
});
