import { useSyncExternalStore } from 'react';

/** Whether the hub answered when it was last called. Told by every call, seen by the one banner. */
let lostAt: number | null = null;
const listeners = new Set<() => void>();

/** `now` in milliseconds since 1970. */
export function tellConnection(answered: boolean, now = Date.now()): void {
  const next = answered ? null : (lostAt ?? now);
  if (next === lostAt) return;
  lostAt = next;
  for (const listener of listeners) listener();
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** Since when the hub does not answer, in milliseconds since 1970; null while it does. */
export function useLostAt(): number | null {
  return useSyncExternalStore(subscribe, () => lostAt);
}

/** Where the wire is dead, nobody says so. */
const patienceMs = 5_000;

/** A proxy before a hub that is down answers too, and so does the page of a hub that is only starting. */
export function isAnswerOfHub({ status, headers }: Pick<Response, 'status' | 'headers'>): boolean {
  if (status === 503) return false;
  return status < 500 || (headers.get('content-type') ?? '').includes('json');
}

/** Asks whether the hub is there, and tells what came of it. */
export async function probeConnection(): Promise<boolean> {
  const answered = await fetch('/api/v1/session', { cache: 'no-store', signal: AbortSignal.timeout(patienceMs) }).then(
    isAnswerOfHub,
    () => false,
  );
  tellConnection(answered);
  return answered;
}
