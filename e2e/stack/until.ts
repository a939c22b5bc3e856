import { setTimeout as wait } from 'node:timers/promises';

const pollMs = 50;

/** Reads until the value is as wanted; what never comes is an error that says what was awaited and what was there instead. */
export async function until<T>(
  what: string,
  read: () => T | Promise<T>,
  isThere: (value: T) => boolean,
  limitMs = 20_000,
): Promise<T> {
  const giveUpAt = Date.now() + limitMs;
  for (;;) {
    const value = await read();
    if (isThere(value)) return value;
    if (Date.now() > giveUpAt)
      throw new Error(`Expected that ${what} within ${limitMs / 1000} s, but it still is: ${JSON.stringify(value)}`);
    await wait(pollMs);
  }
}
