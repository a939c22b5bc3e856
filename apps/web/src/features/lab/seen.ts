import type { ChangeRates } from '@cinch/api-contract';

const daysOfYear = 365;
const leastDays = 1;

/** What the hub has seen of the two systems, in figures; null where there is nothing to go by. */
export function seenOf(rates: ChangeRates, pair: readonly string[]) {
  const own = rates.systems.filter(({ system }) => pair.includes(system));
  const sum = (of: (one: (typeof own)[number]) => number) => own.reduce((all, one) => all + of(one), 0);
  const changes = sum((one) => one.changes.reduce((all, { changes }) => all + changes, 0));
  if (rates.days < leastDays || rates.customers === 0 || changes === 0) return null;
  return {
    changes,
    unheard: sum((one) => one.unheard),
    compared: sum((one) => one.compared),
    drifted: sum((one) => one.drifted),
    aYear: (changes * daysOfYear) / rates.days / rates.customers,
  };
}
