import { setTimeout as wait } from 'node:timers/promises';

const askAgainMs = 200;

/** Asks until it is so. */
export async function until<T>(read: () => Promise<T>, isSo: (value: T) => boolean): Promise<T> {
  for (;;) {
    const value = await read();
    if (isSo(value)) return value;
    await wait(askAgainMs);
  }
}
