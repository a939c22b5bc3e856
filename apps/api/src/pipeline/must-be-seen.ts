import { alwaysPass, isGrown, type Reach } from '@cinch/canonical-model';
import type { Problem } from '@cinch/api-contract';
import { ProblemError } from '../platform/problem-error.ts';

/**
 * An act of so much reach needs the number of customers that it changes from whoever does it, so that nobody acts unread. It holds within five,
 * or a twentieth, of what was seen.
 * @param labelled what readers call an attribute
 */
export function mustBeSeen(
  { changed, golden, rows }: Reach,
  typed: number | undefined,
  labelled: (attribute: string) => string,
): void {
  if (changed <= alwaysPass || (typed !== undefined && !isGrown(changed, typed) && !isGrown(typed, changed))) return;
  const listed: NonNullable<Problem['errors']> = [
    ...Object.entries(golden).map(([attribute, count]) => {
      return { path: 'golden', code: attribute, detail: `${count} customers would get another ${labelled(attribute)}` };
    }),
    ...Object.entries(rows).flatMap(([system, own]) => [
      { path: system, code: 'rows', detail: `${own.rows} rows would be written otherwise` },
      ...Object.entries(own.attributes).map(([attribute, count]) => {
        return { path: system, code: attribute, detail: `${labelled(attribute)} of ${count} rows` };
      }),
    ]),
  ];
  throw new ProblemError(
    'reach-unseen',
    `It would change ${changed} customers. Look at what is listed, then send ${changed} as "count" to do it. Nothing was changed.`,
    listed,
  );
}
