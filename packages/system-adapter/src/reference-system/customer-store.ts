import type { Json } from '@cinch/canonical-model';
import type { ClientBase, Pool } from 'pg';
import type { AdapterStore } from '../adapter.ts';
import type { RefusedField, RowData } from '../fields.ts';
import { enqueueChanges, enqueueEvents, outboxSchema } from '../outbox.ts';
import type { AdapterRow } from '../protocol.ts';
import { deliverySchema } from './deliveries.ts';
import type { CustomerTable, NativeModel } from './native-model.ts';
import { rehearsalSchema } from './rehearsal.ts';
import { planWrite } from './plan-write.ts';
import { upsertBatch } from './upsert.ts';

type NotMade = { kind: 'mismatch'; row: AdapterRow } | { kind: 'unknown-key' };
export type ChangeOutcome =
  { kind: 'saved'; row: AdapterRow } | { kind: 'refused'; row: AdapterRow; refused: RefusedField[] } | NotMade;
export type RemoveOutcome = { kind: 'removed' } | NotMade;

/** One act on a system's own tables: all of `work` or nothing; what it enqueued goes out after it. */
export type Act = <T>(work: (tx: ClientBase) => Promise<T>) => Promise<T>;

/** A customer as it comes with the demo: native fields and the time of its last change. */
export interface DemoRow {
  fields: Record<string, Json>;
  changedAt: number;
}

/** Everything that happens to a system's customers; the transaction of each act opens here. */
export interface CustomerStore extends AdapterStore {
  find(key: string): Promise<AdapterRow | null>;
  search(text: string, limit: number): Promise<AdapterRow[]>;
  /** A person's change: all of it or nothing. */
  change(key: string, fields: Record<string, Json>, ifMatch: number | null): Promise<ChangeOutcome>;
  /** The customer leaves the system for good; its last event has the version that would have been its next. */
  remove(key: string, ifMatch: number | null): Promise<RemoveOutcome>;
  act: Act;
  /** Enqueues every row whole; answers how many. */
  pushAll(): Promise<number>;
  /** Inserts and announces the demo customers, unless the system has customers already. */
  seedOnce(demo: () => readonly DemoRow[]): Promise<void>;
}

interface StoreParts {
  pool: Pool;
  system: string;
  model: NativeModel;
  table: CustomerTable;
  now: () => number;
  /** Called after each commit that may have enqueued events. */
  committed: () => void;
}

const pageOfRows = 1000;

export async function migrate(pool: Pool, table: CustomerTable): Promise<void> {
  await inTransaction(pool, async (tx) => {
    await tx.query(`select pg_advisory_xact_lock(hashtext('migrate'))`);
    for (const schema of [table.schema, deliverySchema, outboxSchema, rehearsalSchema]) await tx.query(schema);
  });
}

export function createCustomerStore(parts: StoreParts): CustomerStore {
  const { pool, system, model, table, now } = parts;

  const act: Act = async (work) => {
    const result = await inTransaction(pool, work);
    parts.committed();
    return result;
  };

  return {
    act,
    list: (after, limit) => inTransaction(pool, (tx) => table.list(tx, after, limit)),
    find: (key) => inTransaction(pool, (tx) => table.find(tx, key)),
    search: (text, limit) => inTransaction(pool, (tx) => table.search(tx, text, limit)),
    upsert: (items) => act((tx) => upsertBatch(tx, parts, items, now())),

    change: (key, fields, ifMatch) =>
      act(async (tx): Promise<ChangeOutcome> => {
        const [before] = await table.lock(tx, [key]);
        if (!before) return { kind: 'unknown-key' };
        if (ifMatch !== null && ifMatch !== before.version) return { kind: 'mismatch', row: before };
        const plan = planWrite(model, before.data, fields, now());
        if (plan.refused.length > 0) return { kind: 'refused', row: before, refused: plan.refused };
        if (plan.kind !== 'changed') return { kind: 'saved', row: before };
        const row = { ...model.revise(plan.data, key, before, now()), delivery: before.delivery };
        await table.save(tx, [row]);
        await enqueueChanges(tx, system, [row]);
        return { kind: 'saved', row };
      }),

    remove: (key, ifMatch) =>
      act(async (tx): Promise<RemoveOutcome> => {
        const [before] = await table.lock(tx, [key]);
        if (!before) return { kind: 'unknown-key' };
        if (ifMatch !== null && ifMatch !== before.version) return { kind: 'mismatch', row: before };
        await table.remove(tx, key);
        const last = { ...model.revise(before.data, key, before, now()), delivery: before.delivery };
        await enqueueEvents(tx, system, [{ type: 'customer.deleted', row: last }]);
        return { kind: 'removed' };
      }),

    pushAll: () =>
      act(async (tx) => {
        let count = 0;
        for (let after: string | null = null; ;) {
          const rows: AdapterRow[] = await table.list(tx, after, pageOfRows);
          await enqueueChanges(tx, system, rows);
          count += rows.length;
          if (rows.length < pageOfRows) return count;
          after = rows.at(-1)?.key ?? null;
        }
      }),

    seedOnce: (demo) =>
      act(async (tx) => {
        if ((await table.list(tx, null, 1)).length > 0) return;
        const customers = demo();
        const keys = await table.newKeys(tx, customers.length);
        const rows = customers.map(({ fields, changedAt }, index): AdapterRow => {
          const plan = planWrite(model, null, fields, now());
          if (plan.kind !== 'changed' || plan.refused.length > 0) {
            throw new Error(`A demo customer is not taken: ${JSON.stringify({ fields, refused: plan.refused })}`);
          }
          const key = keys[index] ?? '';
          return { ...model.revise(plan.data as RowData, key, null, changedAt), delivery: null };
        });
        await table.save(tx, rows);
        await enqueueChanges(tx, system, rows);
      }),
  };
}

async function inTransaction<T>(pool: Pool, work: (tx: ClientBase) => Promise<T>): Promise<T> {
  const client = await pool.connect();
  try {
    await client.query('begin');
    const result = await work(client);
    await client.query('commit');
    client.release();
    return result;
  } catch (error) {
    // A client whose rollback fails too is broken and must not go back into the pool.
    const broken = await client.query('rollback').then(
      () => false,
      () => true,
    );
    client.release(broken);
    throw error;
  }
}
