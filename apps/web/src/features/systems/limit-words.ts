import type { LimitName, System, SystemLimits } from '@cinch/api-contract';

interface Brake {
  title: string;
  share: LimitName | null;
  rows: LimitName;
  /** What is counted. */
  noun: string;
  /** When it stops, with the figures that hold. */
  says: (share: string, rows: string) => string;
}

/** Each brake with its limits. */
export const brakes: readonly Brake[] = [
  {
    title: 'Written by a refresh',
    share: 'changedShare',
    rows: 'changedRows',
    noun: 'rows',
    says: (share, rows) =>
      `A refresh stops before all of its rounds together write more than ${share} of the rows, and at least ${rows}.`,
  },
  {
    title: 'Made',
    share: 'createdShare',
    rows: 'createdRows',
    noun: 'rows',
    says: (share, rows) => `It stops before it makes more than ${share} of the rows, and at least ${rows}.`,
  },
  {
    title: 'Another value of one attribute',
    share: 'valuesShare',
    rows: 'valuesRows',
    noun: 'rows',
    says: (share, rows) =>
      `It stops before more than ${share} of the rows, and at least ${rows}, get another value of one attribute.`,
  },
  {
    title: 'Emptied of one attribute',
    share: 'emptiedShare',
    rows: 'emptiedRows',
    noun: 'rows',
    says: (share, rows) =>
      `It stops before more than ${share} of the rows, and at least ${rows}, lose their value of one attribute.`,
  },
  {
    title: 'Turned into the other kind',
    share: 'kindShare',
    rows: 'kindRows',
    noun: 'rows',
    says: (share, rows) =>
      `It stops before more than ${share} of the rows, and at least ${rows}, turn from a person into a business, or back.`,
  },
  {
    title: 'Missing or surplus',
    share: 'surplusShare',
    rows: 'surplusRows',
    noun: 'rows',
    says: (share, rows) =>
      `A refresh stops when more than ${share} of the rows, and at least ${rows}, are missing there or should not be there.`,
  },
  {
    title: 'Lists nothing',
    share: null,
    rows: 'emptyRows',
    noun: 'records',
    says: (_, rows) => `A refresh stops when the system lists nothing, though the hub knows at least ${rows} of it.`,
  },
  {
    title: 'Sent between refreshes',
    share: 'laneShare',
    rows: 'laneRows',
    noun: 'records',
    says: (share, rows) =>
      `The lane pauses itself before more than ${share} of the records, and at least ${rows}, go out within an hour; what is made, emptied or changed of one attribute counts in that hour as it does in a refresh.`,
  },
  {
    title: 'Flagged as old by a load',
    share: 'sweptShare',
    rows: 'sweptRows',
    noun: 'records',
    says: (share, rows) =>
      `A load waits for an admin before it flags more than ${share} of the records, and at least ${rows}, as old.`,
  },
  {
    title: 'Told at once',
    share: 'inboundShare',
    rows: 'inboundRows',
    noun: 'records',
    says: (share, rows) =>
      `What it tells is held when it changes one attribute of more than ${share} of its records, and at least ${rows}, within ten minutes, and of more than twice as many as is usual.`,
  },
  {
    title: 'Suspected of a restore',
    share: null,
    rows: 'suspectedRows',
    noun: 'rows',
    says: (_, rows) => `The whole system is held as soon as ${rows} of its rows look as if they had been set back.`,
  },
];

export function limitInForce({ limits, defaultLimits }: Pick<System, 'limits' | 'defaultLimits'>, name: LimitName) {
  return limits[name] ?? defaultLimits[name];
}

export const isShare = (name: LimitName): boolean => name.endsWith('Share');

/** What stands in the field: percent for a share, nothing for a default. */
export function fieldOf(name: LimitName, value: number | null): string {
  if (value === null) return '';
  return String(isShare(name) ? Number((100 * value).toFixed(2)) : value);
}

/** The limit that was typed; null for the default, and undefined for what is no such figure. */
export function limitTyped(name: LimitName, text: string): number | null | undefined {
  const typed = text.replace('%', '').trim();
  if (typed === '') return null;
  const value = Number(typed);
  if (isShare(name)) return value >= 0 && value <= 100 ? value / 100 : undefined;
  return Number.isInteger(value) && value >= 0 ? value : undefined;
}

export type LimitFields = Record<LimitName, string>;

export function fieldsOf(limits: SystemLimits): LimitFields {
  const entries = Object.entries(limits) as [LimitName, number | null][];
  return Object.fromEntries(entries.map(([name, value]) => [name, fieldOf(name, value)])) as LimitFields;
}
