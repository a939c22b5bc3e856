import { createHash } from 'node:crypto';
import { outwardLimits } from '@cinch/api-contract';
import type { ListedPage } from './listed-page.ts';
import { ProblemError } from '../../platform/problem-error.ts';

/** Sees that a listing goes forward: a system that lists in circles, or for ever, is told so instead of being listed for ever. */
export class ListingBounds {
  private readonly cursors = new Set<string>();

  constructor(private readonly systemName: string) {}

  /** @throws {ProblemError} `listing-refused` */
  take({ rows, bad, nextCursor }: ListedPage, listedBefore: number): void {
    if (listedBefore + rows.length + bad.length > outwardLimits.listedRows)
      throw this.refused(`more than ${outwardLimits.listedRows} rows`);
    if (nextCursor === null) return;
    if (rows.length + bad.length === 0) throw this.refused('an empty page and a cursor to another');
    const hash = createHash('sha256').update(nextCursor).digest('base64').slice(0, 16);
    if (this.cursors.has(hash)) throw this.refused('a cursor again that it had given before');
    this.cursors.add(hash);
    if (this.cursors.size > outwardLimits.listedPages)
      throw this.refused(`more than ${outwardLimits.listedPages} pages`);
  }

  /** @param fresh of the rows of a page that promises another, those that this listing had not shown before */
  mustGoForward(fresh: number): void {
    if (fresh === 0) throw this.refused('a page of rows that it had all listed before');
  }

  private refused(what: string): ProblemError {
    const detail = `${this.systemName} lists ${what}. Its cursors must lead through all rows once, in a stable order of keys, and end with null.`;
    return new ProblemError('listing-refused', detail);
  }
}
