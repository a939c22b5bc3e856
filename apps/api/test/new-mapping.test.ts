import { readFileSync } from 'node:fs';
import type { GoldenAttributes } from '@cinch/canonical-model';
import { afterAll, beforeAll, expect, inject, it } from 'vitest';
import type {} from '../../../scripts/test-postgres.ts';
import { Rederive } from '../src/pipeline/rederive.ts';
import { Database } from '../src/platform/transaction.ts';
import { MappingsStore } from '../src/stages/mappings/mappings.store.ts';
import { WalkingHub } from './walking-hub.ts';

interface Document {
  attributes: { attribute: string }[];
}

let hub: WalkingHub;
const whole = JSON.parse(
  readFileSync(new URL('../src/demo/mappings/bellyfat.json', import.meta.url), 'utf8'),
) as Document;

beforeAll(async () => {
  hub = await WalkingHub.open(inject('postgresUrl'), { demo: true });
  for (const system of ['adipose', 'bellyfat', 'adipose', 'bellyfat']) await hub.refresh(system);
});
afterAll(() => hub?.stop());

async function publish(document: Document): Promise<void> {
  await hub.get(Database).transaction(async (tx) => {
    const [system] = await tx.query<{ system_id: number }>(`select system_id from system where code = 'bellyfat'`);
    await hub.get(MappingsStore).publish(tx, system!.system_id, document as never, new Date(), 'admin');
  });
  while (await hub.get(Rederive).next());
}

/** Every golden value with its time and origin, by customer. */
async function golden(): Promise<Map<number, GoldenAttributes>> {
  const rows = await hub.query<{ customer_id: number; attributes: string }>(
    'select customer_id, attributes from golden order by 1',
  );
  return new Map(rows.map((row) => [row.customer_id, JSON.parse(row.attributes) as GoldenAttributes]));
}

it('a new mapping reads anew what was said before: a dropped attribute comes back with its own times, and nothing is sent', async () => {
  const before = await golden();
  const isKept = ({ attribute }: { attribute: string }) => attribute !== 'birthDate';
  await publish({ ...whole, attributes: whole.attributes.filter(isKept) });
  const narrow = await golden();
  expect([...narrow.values()].filter((attributes) => attributes.birthDate)).toEqual([]);

  await publish(whole);
  const again = await golden();
  const told = (all: Map<number, GoldenAttributes>) =>
    [...all].map(([id, attributes]) => [
      id,
      attributes.birthDate?.at,
      attributes['phone.primary']?.value,
      attributes['phone.primary']?.at,
    ]);
  expect(told(again)).toEqual(told(before));
  for (const system of ['adipose', 'bellyfat'])
    expect(await hub.refresh(system)).toMatchObject({
      closing: expect.stringMatching(/^equal as of /),
      counts: { change: 0, drifted: 0 },
    });
});
