import { z } from 'zod';
import { instantYears } from './limits.ts';

/** When a value was said; null where the record came with it and stated no time. */
export const instantSaid = z.iso.datetime().nullable();

const beginOf = (year: number) => new Date(0).setUTCFullYear(year, 0, 1);
const [begin, end] = [beginOf(instantYears.first), beginOf(instantYears.last + 1)];

/** An instant that a caller states: one that the database can keep, and that is written with four figures of a year again. */
export const instantStated = z.iso
  .datetime({ offset: true, error: 'Write the instant as 2026-03-01T09:15:00Z.' })
  .refine((text) => !(Date.parse(text) < begin || Date.parse(text) >= end), {
    error: `Send an instant of the years ${instantYears.first} to ${instantYears.last}, by UTC.`,
  });
