import type { Entry, Epoch } from './entry.ts';

/** Whether the entry says anything: one that is held or was thrown back only stands there. */
export function counts({ hold }: Entry): boolean {
  return hold === undefined || hold.standing === 'let-in';
}

/** The instant that decides which epoch an entry is of: one with which its record's versions begin anew stands after that. */
export function startOf({ at, hold }: Entry): number {
  return Math.max(at, hold?.restart ?? at);
}

/**
 * The times that a record's system was set back, and those that a person said of this record alone: its row was set back, or its versions
 * begin anew, when it holds what it was known to hold and counts on from the version that was told with it.
 */
export function withRestarts(epochs: readonly Epoch[], entries: readonly Entry[]): readonly Epoch[] {
  const begun = new Map<number, number>();
  for (const { hold, version } of entries) {
    const at = hold?.restart;
    if (at !== undefined) begun.set(at, Math.max(begun.get(at) ?? -1, version ?? -1));
  }
  const own = new Map(
    entries.flatMap(({ hold }) => (hold?.epoch ? [[hold.epoch.restoredAt, hold.epoch] as const] : [])),
  );
  if (begun.size === 0 && own.size === 0) return epochs;
  const restarts = [...begun]
    .filter(([at]) => epochs.every(({ restoredAt }) => restoredAt !== at))
    .map(([at, version]) => ({ setBackTo: at, restoredAt: at, ...(version >= 0 && { version }) }));
  return [...epochs, ...restarts, ...own.values()].sort((a, b) => a.restoredAt - b.restoredAt);
}
