import { randomUUID } from 'node:crypto';
import type { Json, OfferEntry } from '@cinch/canonical-model';
import { afterAll, beforeAll, expect, inject, it } from 'vitest';
import type {} from '../../../scripts/test-postgres.ts';
import { Ingest } from '../src/pipeline/ingest.ts';
import { SystemsInForce, type SystemInForce } from '../src/pipeline/systems-in-force.ts';
import { Committer } from '../src/platform/committer.ts';
import { contentHash } from '../src/platform/content-hash.ts';
import type { Tx } from '../src/platform/transaction.ts';
import { RecordsStore } from '../src/stages/records/records.store.ts';
import { WalkingHub } from './walking-hub.ts';

const at = Date.parse('2026-03-01T12:00:00Z');
const version = Date.parse('2026-03-01T11:00:00Z');
const origin = { batchId: null, line: null, runId: null };
const made: Json = {
  customerId: 'bf_0000009',
  person: { given: 'Ann', family: 'Brook' },
  revision: '2026-03-01T11:00:00.000Z',
};
let hub: WalkingHub;

beforeAll(async () => {
  hub = await WalkingHub.open(inject('postgresUrl'));
});
afterAll(() => hub?.stop());

type InForce = Map<number, SystemInForce>;

function commit<T>(work: (tx: Tx, inForce: InForce, bellyfat: SystemInForce) => Promise<T>): Promise<T> {
  return hub.get(Committer).commit(async (tx) => {
    const inForce = await hub.get(SystemsInForce).load(tx);
    return work(
      tx,
      inForce,
      [...inForce.values()].find((system) => system.code === 'bellyfat')!,
    );
  });
}

/** Pushed as a system does whose events do not name deliveries. */
function push(code: string, key: string, data: Json): Promise<unknown> {
  return commit((tx, inForce) => {
    const { systemId, lens } = [...inForce.values()].find((system) => system.code === code)!;
    const row = {
      batchId: null,
      line: 1,
      act: 'whole' as const,
      eventId: null,
      key,
      version: null,
      changedAt: null,
      delivery: null,
      data,
      acceptedAt: at,
    };
    return hub.get(Ingest).rows(tx, inForce, { systemId, lens, kind: 'push', runId: null }, [row]);
  });
}

it('a row that the hub made and that was told of before its receipt becomes the one record, and every id still resolves', async () => {
  await push('adipose', 'A-100001', {
    acct_no: 'A-100001',
    cust_type: 'P',
    name: 'BROOK, ANN',
    ver: 1,
    upd: 1_700_000_000,
  });
  const [founder] = await hub.query<{ record_id: number; customer_id: number }>(
    'select record_id, customer_id from source_record',
  );

  const deliveryId = randomUUID();
  const pending = await commit(async (tx, inForce, { systemId }) => {
    const customerId = founder!.customer_id;
    const founding = { customerId, follows: founder!.record_id, kind: 'person' as const };
    const recordId = (await hub.get(RecordsStore).foundPending(tx, systemId, [founding])).get(customerId)!;
    const place = { epoch: 0, version: null, at, content: contentHash([deliveryId]) };
    const offer: OfferEntry = { kind: 'offer', ...place, base: null, deliveryId, carried: {} };
    await hub.get(Ingest).entries(tx, inForce, [{ recordId, entry: offer, origin }], null);
    return recordId;
  });

  // No e-mail and no phone: nothing links the told row to the customer, so it founds one of its own for the moment.
  await push('bellyfat', 'bf_0000009', made);
  const [stray] = await hub.query<{ public_id: string }>(
    `select c.public_id from source_record r join customer c using (customer_id) where r.source_key = 'bf_0000009'`,
  );

  await commit(async (tx, inForce, { systemId }) => {
    await hub.get(RecordsStore).nameKeys(tx, systemId, [{ recordId: pending, key: 'bf_0000009' }]);
    const place = { epoch: 0, version, at: version, content: contentHash(made) };
    const receipt = { kind: 'receipt', ...place, native: made, deliveryId, refused: {} } as const;
    await hub.get(Ingest).entries(tx, inForce, [{ recordId: pending, entry: receipt, origin }], null);
  });

  const records = await hub.query(
    `select record_id, customer_id, source_key, state, origin from source_record order by 1`,
  );
  expect(records).toEqual([
    {
      record_id: founder!.record_id,
      customer_id: founder!.customer_id,
      source_key: 'A-100001',
      state: 'live',
      origin: 'push',
    },
    { record_id: pending, customer_id: founder!.customer_id, source_key: 'bf_0000009', state: 'live', origin: 'hub' },
  ]);
  const [resolved] = await hub.query<{ state: string; now: number }>(
    `select c.state, r.customer_id as now from customer c join source_record r on r.record_id = c.founder_record where c.public_id = $1`,
    [stray!.public_id],
  );
  expect(resolved).toEqual({ state: 'retired', now: founder!.customer_id });
  expect(await hub.query('select customer_id from golden')).toEqual([{ customer_id: founder!.customer_id }]);
});
