import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import type {} from '../../../scripts/test-postgres.ts';
import { Worker } from '../src/pipeline/worker.ts';
import { Database } from '../src/platform/transaction.ts';
import { SystemsStore } from '../src/stages/systems/systems.store.ts';
import { WalkingHub } from './walking-hub.ts';

interface Change {
  systemId: number;
  customerId: number;
}

describe('a lane that would send more within an hour than its limits let pass', () => {
  let hub: WalkingHub;
  let changed: Change[];
  beforeAll(async () => {
    hub = await WalkingHub.open(inject('postgresUrl'), { demo: true });
    await hub.refresh('adipose');
    await hub.refresh('bellyfat');
    const shared = await hub.query<{ key: string; systemId: number; customerId: number }>(
      `select a.source_key as key, b.system_id as "systemId", a.customer_id as "customerId"
       from source_record a join system s on s.system_id = a.system_id and s.code = 'adipose'
       join source_record b on b.customer_id = a.customer_id and b.system_id <> a.system_id
       where b.source_key is not null order by 1 limit 5`,
    );
    for (const [place, { key }] of shared.entries()) await hub.edit('adipose', key, { phone: `415555017${place}` });
    await hub.refresh('adipose');
    changed = shared;
    await admin((tx) => hub.get(SystemsStore).setLimits(tx, changed[0]!.systemId, { laneRows: 3, laneShare: 0 }));
    await admin((tx) => hub.get(SystemsStore).setLane(tx, changed[0]!.systemId, 'on'));
  });
  afterAll(() => hub?.stop());

  const admin = (act: Parameters<Database['transaction']>[0]) => hub.get(Database).transaction(act);
  const stale = async (changes: readonly Change[]) => {
    await admin((tx) =>
      tx.query(
        `insert into dirty_view (system_id, customer_id, cause, since)
         select $1, t.id, 'push', now() from unnest($2::bigint[]) as t(id)`,
        [changed[0]!.systemId, changes.map(({ customerId }) => customerId)],
      ),
    );
    hub.get(Worker).wake('systems');
  };
  const state = async () => {
    const [row] = await hub.query<{ stored: number; waiting: number; why: { count: number; of: number } | null }>(
      `select (select count(*) from refresh_item join refresh_run using (run_id) where mode = 'events' and outcome = 'stored') as stored,
         (select count(*) from dirty_view) as waiting, lane_braked::json as why from system where code = 'bellyfat'`,
    );
    return row!;
  };

  it('lets what is below the limit go out', async () => {
    await stale(changed.slice(0, 2));
    await expect.poll(state).toEqual({ stored: 2, waiting: 0, why: null });
  });

  it('pauses itself before it sends what would be beyond, counting what went out before, and loses nothing', async () => {
    await stale(changed.slice(2));
    await expect
      .poll(state)
      .toMatchObject({ stored: 2, waiting: 3, why: { count: 4, of: 250, fromRows: 3, limit: 0 } });
    hub.get(Worker).wake('systems');
    await hub.get(Worker).drained();
    expect(await state()).toMatchObject({ stored: 2, waiting: 3 });
  });

  it('goes on where a person lets it, for as much as an hour lets pass', async () => {
    await admin((tx) => hub.get(SystemsStore).setLane(tx, changed[0]!.systemId, 'on'));
    hub.get(Worker).wake('systems');
    await expect.poll(state).toMatchObject({ stored: 4, waiting: 1, why: { count: 3 } });
  });

  it('goes on by the limits that hold then', async () => {
    await admin((tx) => hub.get(SystemsStore).setLimits(tx, changed[0]!.systemId, {}));
    await admin((tx) => hub.get(SystemsStore).setLane(tx, changed[0]!.systemId, 'on'));
    hub.get(Worker).wake('systems');
    await expect.poll(state).toEqual({ stored: 5, waiting: 0, why: null });
  });
});
