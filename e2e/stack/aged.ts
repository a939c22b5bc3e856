import { onDatabase } from './drained.ts';
import type { StackAddress } from './throwaway-stack.ts';

/** The hub began so many days earlier than it did: time is what no journey has. */
export async function makeOlder({ databaseUrls }: StackAddress, days: number): Promise<void> {
  await onDatabase(databaseUrls.hub, (client) =>
    client.query('update golden_history set from_at = from_at - make_interval(days => $1) where version = 1', [days]),
  );
}
