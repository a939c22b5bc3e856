import type { CustomerKind } from '../customer/attributes.ts';
import { family, given } from './compare-names.ts';
import { levelsOf, nameFields } from './ladders.ts';

/** One field of two groups of records: how well they agree in it at best, −1 where nothing is said, and in bits of the mean over all pairs. */
export interface Told {
  field: string;
  level: number;
  bits: number;
}

/** How the names of two go together. */
type Standing = 'same' | 'near' | 'other' | 'unknown';

/**
 * What must agree besides the names. `shared`: anything, such as the house. `date`: the same birth date, or nearly so and something more.
 * `dateAndMore`: that and something more in any case. `own`: what people of one house do not share, the birth date of twins not counted.
 */
type Need = 'shared' | 'date' | 'dateAndMore' | 'own' | 'ownAndMore';

/**
 * By how the given names and, in each, the family names go together. House, phone and common mailbox are what households, offices and schools share:
 * they carry those of one name alone. Whose names are only near to each other may be brothers, or two desks of an office.
 */
const needs: Record<Standing, Record<Standing, Need>> = {
  same: { same: 'shared', near: 'date', other: 'dateAndMore', unknown: 'date' },
  near: { same: 'date', near: 'date', other: 'ownAndMore', unknown: 'dateAndMore' },
  other: { same: 'ownAndMore', near: 'ownAndMore', other: 'ownAndMore', unknown: 'ownAndMore' },
  unknown: { same: 'date', near: 'dateAndMore', other: 'ownAndMore', unknown: 'ownAndMore' },
};

/** Level from which the names of organisations share more than the word of their trade. */
const someWords = levelsOf('organization', 'name').indexOf('some');

/** Levels of birth dates that are not the same. */
const dates = { different: 0, near: 1 };

const placeFields: readonly string[] = ['address', 'place'];

/** From so many bits on a mailbox is one that not several people read. */
const ownMailbox = 6;

/** From so many bits on a house is the same, and not one that many share. */
const ownHouse = 5;

/** From so many bits on a birth date is the same, not only nearly. */
const sameDate = 8;
const nearDate = 4;

/**
 * Whether there is enough evidence besides the name. `strong`: from so many bits on a group of evidence counts. `isDoubted`: some of the
 * records contradict each other, so that nothing carries which they might share in one house. `isGivenSlip`: given names that are no more
 * than near are one, but for a letter.
 */
export function isCarriedBy(
  kind: CustomerKind,
  told: readonly Told[],
  strong: number,
  { isDoubted, isGivenSlip }: { isDoubted: boolean; isGivenSlip: boolean },
): boolean {
  const of = (field: string) => told.find((one) => one.field === field) ?? { field, level: -1, bits: 0 };
  // Neighbours and namesakes of one postal code live in other streets: then it is no clue.
  const place = of('address').bits < 0 ? 0 : placeFields.reduce((sum, field) => sum + of(field).bits, 0);
  const others = told.filter(
    ({ field, bits }) => !nameFields.has(field) && !placeFields.includes(field) && bits > strong,
  );
  // Who shares the house shares the phone and the mailbox in it: that is one thing, not three.
  const isOfHouse = ({ field, bits }: Told) => field === 'phone' || (field === 'email' && bits <= ownMailbox);
  const houses = Number(place > strong || others.some(isOfHouse));
  const date = of('birthDate').bits;
  const further = others.filter((one) => !isOfHouse(one) && one.field !== 'birthDate').length;
  // A date that is nearly the same says nothing alone, not even the town: namesakes are many.
  const isNearDate = date > strong && (houses + further > 0 || place > 0);
  const groups = houses + further + Number(date > sameDate || isNearDate);
  const own = others.filter(
    ({ field, bits }) => field !== 'phone' && field !== 'birthDate' && (field !== 'email' || bits > ownMailbox),
  );
  if (kind === 'organization') return groups > 0 && (of('name').level >= someWords || own.length > 0);
  if (isDoubted && own.length === 0 && date < nearDate) return false;
  // A postal code or a birth place, where nothing tells of a house, an office or a school.
  const isNoHouse = of('address').level < 0 && of('phone').level < 0 && of('email').level < 0;
  // What many share carries nobody of another name.
  const isOwnHouse = place > ownHouse || others.some(isOfHouse);
  const hasMore = houses + further > 1 || (date > nearDate && (groups > 1 || place > 0));
  // Pupils and neighbours in a care home are born within few years: of one name they are two where the dates are no slip of each other.
  const isBornElse = [dates.different, dates.near].includes(of('birthDate').level);
  switch (needs[isGivenSlip ? 'same' : ofGiven(of('given').level)][ofFamily(of('family').level)]) {
    case 'shared':
      return isBornElse ? own.length > 0 : groups > 0;
    case 'date':
      return own.length > 0 || date > sameDate || (groups > 0 && (isNoHouse || hasMore));
    case 'dateAndMore':
      return own.length > 0 || (date > sameDate && (further > 0 || isOwnHouse));
    case 'own':
      return own.length > 0;
    case 'ownAndMore':
      return own.length > 0 && groups > 1;
  }
}

function ofGiven(level: number): Standing {
  if (level < 0) return 'unknown';
  if (level === given.same || level === given.swapped) return 'same';
  return level > given.weak ? 'near' : 'other';
}

function ofFamily(level: number): Standing {
  if (level < 0) return 'unknown';
  if (level >= family.typo) return 'same';
  return level > family.weak ? 'near' : 'other';
}
