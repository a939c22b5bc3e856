/** Up to where a system may be changed without a person looking. Shares are from 0 to 1. */
export interface Limits {
  /** Of its rows, so many may be written by a refresh. */
  changedShare: number;
  /** Below so many rows a share says nothing: three changed rows of ten are a day's work. */
  changedRows: number;
  /** Of its rows, so many may be missing or surplus. */
  surplusShare: number;
  surplusRows: number;
  /** It may list nothing while fewer records than that are known of it. */
  emptyRows: number;
  /** Of its records, so many may be sent between refreshes in an hour. */
  laneShare: number;
  laneRows: number;
}

/** What holds where an admin has set nothing else. */
export const defaultLimits: Readonly<Limits> = {
  changedShare: 0.2,
  changedRows: 100,
  surplusShare: 0.05,
  surplusRows: 20,
  emptyRows: 1,
  laneShare: 0.1,
  laneRows: 500,
};

/** A limit that is null, or not named, is the default. */
export type OwnLimits = { [Name in keyof Limits]?: number | null };

export function limitsOf(own: OwnLimits): Limits {
  const set = Object.entries(own).filter(([, value]) => value !== null && value !== undefined);
  return { ...defaultLimits, ...(Object.fromEntries(set) as Partial<Limits>) };
}
