import pg from 'pg';
import type { HubApi } from './hub-api.ts';
import type { StackAddress } from './throwaway-stack.ts';
import { until } from './until.ts';

/** Everything that the systems have said by now has been acknowledged by the hub, and everything acknowledged is in its place. */
export async function drained(stack: StackAddress, hub: HubApi): Promise<void> {
  const outboxes = [stack.databaseUrls.adipose, stack.databaseUrls.bellyfat].filter((url) => url !== undefined);
  for (const url of outboxes) {
    await onDatabase(url, (client) =>
      until(
        `the outbox in ${new URL(url).pathname.slice(1)} is empty`,
        async () => (await client.query<{ n: number }>('select count(*)::int as n from outbox')).rows[0]!.n,
        (left) => left === 0,
      ),
    );
  }
  await until(
    "the hub's inbox is drained",
    async () => (await hub.status()).inbox.waiting,
    (waiting) => waiting === 0,
  );
}

/** A look into a system's own database, or a mishap in it: never into the hub's. */
export async function onDatabase<T>(url: string, work: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}
