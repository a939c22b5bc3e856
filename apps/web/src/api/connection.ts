import { problem, type Problem, type ProblemCode } from '@cinch/api-contract';
import { useSyncExternalStore } from 'react';

/** Since when the hub does not answer, in milliseconds since 1970, and what it says itself where it says why. */
interface Lost {
  at: number;
  why: string | null;
}

/** Whether the hub answered when it was last called. Told by every call, seen by the one banner. */
let lost: Lost | null = null;
const listeners = new Set<() => void>();

/** `now` in milliseconds since 1970. */
export function tellConnection(answered: boolean, why: string | null = null, now = Date.now()): void {
  const next = answered ? null : { at: lost?.at ?? now, why };
  if (next?.at === lost?.at && next?.why === lost?.why) return;
  lost = next;
  for (const listener of listeners) listener();
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** Null while the hub answers. */
export function useLost(): Lost | null {
  return useSyncExternalStore(subscribe, () => lost);
}

/** Where the wire is dead, nobody says so. */
const patienceMs = 5_000;

/** Where these are wrong, reading goes on: the hub is there, and what cannot be done says so itself. */
const stillReads: readonly string[] = ['disk-full', 'database-read-only'] satisfies ProblemCode[];

/** A proxy before a hub that is down answers too, and so does the page of a hub that is only starting. `said`: the problem of the answer. */
export function isAnswerOfHub(
  { status, headers }: Pick<Response, 'status' | 'headers'>,
  said: Problem | null,
): boolean {
  if (status === 503) return said !== null && stillReads.includes(said.code);
  return status < 500 || (headers.get('content-type') ?? '').includes('json');
}

/** Tells what an answer says about the connection; returns whether it is the hub's. */
export function tellAnswer(response: Pick<Response, 'status' | 'headers'>, said: Problem | null): boolean {
  const answered = isAnswerOfHub(response, said);
  tellConnection(answered, said?.code.startsWith('database-') ? `${said.title}. ${said.detail}` : null);
  return answered;
}

export async function problemIn(response: Response): Promise<Problem | null> {
  if (response.ok) return null;
  return problem.safeParse(await response.json().catch(() => undefined)).data ?? null;
}

/** Asks whether the hub is there, and tells what came of it. */
export async function probeConnection(): Promise<boolean> {
  try {
    const response = await fetch('/api/v1/session', { cache: 'no-store', signal: AbortSignal.timeout(patienceMs) });
    return tellAnswer(response, await problemIn(response));
  } catch {
    tellConnection(false);
    return false;
  }
}
