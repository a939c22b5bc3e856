/**
 * Up to where a system may be changed without a person looking. Shares are from 0 to 1. A share brakes only from its number of rows on:
 * five records always pass, however small the system; in a small one the sixth is much.
 */
export interface Limits {
  /** Of its rows, so many may be written by all rounds of a refresh. */
  changedShare: number;
  changedRows: number;
  /** Of its rows, so many may be made by a refresh, or between refreshes in an hour. */
  createdShare: number;
  createdRows: number;
  /** Of its rows, so many may get another value of one attribute. */
  valuesShare: number;
  valuesRows: number;
  /** Of its rows, so many may lose their value of one attribute. */
  emptiedShare: number;
  emptiedRows: number;
  /** Of its rows, so many may be turned from a person into a business, or back. */
  kindShare: number;
  kindRows: number;
  /** Of its rows, so many may be missing or surplus. */
  surplusShare: number;
  surplusRows: number;
  /** It may list nothing while fewer records than that are known of it. */
  emptyRows: number;
  /** Of its records, so many may be sent between refreshes in an hour. */
  laneShare: number;
  laneRows: number;
  /** Of its records, so many may be flagged as old by one load. */
  sweptShare: number;
  sweptRows: number;
  /** Of its records, so many may tell another value of one attribute within ten minutes. */
  inboundShare: number;
  inboundRows: number;
  /** As soon as so many of its rows are suspected of having been set back, the whole system is held. */
  suspectedRows: number;
}

/** So many rows always pass, whatever the share. */
export const alwaysPass = 5;

const fromRows = alwaysPass + 1;

/**
 * What holds where an admin has set nothing else: harm reaches at most 5 rows of 60 and 50 of 5,000, while a hundredth of all customers
 * changing between two nights is no ordinary day.
 */
export const defaultLimits: Readonly<Limits> = {
  changedShare: 0.01,
  changedRows: fromRows,
  createdShare: 0.01,
  createdRows: fromRows,
  valuesShare: 0.01,
  valuesRows: fromRows,
  emptiedShare: 0.005,
  emptiedRows: fromRows,
  kindShare: 0.002,
  kindRows: fromRows,
  surplusShare: 0.02,
  surplusRows: fromRows,
  emptyRows: 1,
  laneShare: 0.01,
  laneRows: fromRows,
  sweptShare: 0.02,
  sweptRows: fromRows,
  inboundShare: 0.01,
  inboundRows: fromRows,
  suspectedRows: 10,
};

/** What was approved by its number may have grown by so much when it is carried out. */
export const growthShare = 0.05;

/** A limit that is null, or not named, is the default. */
export type OwnLimits = { [Name in keyof Limits]?: number | null };

export function limitsOf(own: OwnLimits): Limits {
  const set = Object.entries(own).filter(([, value]) => value !== null && value !== undefined);
  return { ...defaultLimits, ...(Object.fromEntries(set) as Partial<Limits>) };
}
