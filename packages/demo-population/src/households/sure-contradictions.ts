import type { HouseholdRecord } from './copies.ts';
import { plain, type TrueCompany, type TruePerson } from './truth.ts';

/** A father is further from his son. */
const generationYears = 12;

/**
 * How many things the two records say, and say as they are in truth, that nobody can be both of. Birth dates of two generations count as
 * two. It is worked out from the truth, and by other means than a matching engine would use.
 */
export function sureContradictions(a: HouseholdRecord, b: HouseholdRecord): number {
  if (a.of.kind === 'person' && b.of.kind === 'person') return ofPersons(a, b, a.of, b.of);
  if (a.of.kind === 'organization' && b.of.kind === 'organization') return ofCompanies(a, b, a.of, b.of);
  return 2;
}

function ofPersons(a: HouseholdRecord, b: HouseholdRecord, one: TruePerson, other: TruePerson): number {
  const both = (holds: (record: HouseholdRecord) => unknown) => [a, b].every((record) => Boolean(holds(record)));
  const tellDates = both(({ said, altered }) => said.birthDate && !altered.has('birthDate'));
  const tellNames = both(({ altered }) => !altered.has('given'));
  const dates = tellDates ? ofDates(one.birthDate, other.birthDate) : 0;
  const suffix = both(({ said }) => / [JS]r$/.test(said.name[0]['family']!)) && one.suffix !== other.suffix;
  const isNextDoor = one.group === other.group && one.setting === 'flats' && one.address.flat !== other.address.flat;
  const tellFlats = both(({ said, altered }) => said['address.primary'] && !altered.has('address'));
  const flats = isNextDoor && tellFlats && one.culture.line('', 1, '2') !== one.culture.line('', 1, '3');
  return dates + Number(tellNames && areTwoNames(one, other)) + Number(suffix) + Number(flats);
}

function ofDates(one: string, other: string): number {
  const digits = [...one].filter((digit, at) => digit !== other[at]).length;
  const isTurned = one.slice(0, 4) === other.slice(0, 4) && one.slice(5, 7) === other.slice(8) && one.slice(8) === other.slice(5, 7); // prettier-ignore
  // One wrong digit makes any date of another, and two figures of the day or month are turned as easily.
  if (digits <= 1 || isTurned) return 0;
  const days = Math.abs(Date.parse(one) - Date.parse(other)) / 86_400_000;
  return days >= generationYears * 365.25 ? 2 : Number(digits > 2);
}

function areTwoNames(one: TruePerson, other: TruePerson): boolean {
  const [a, b] = [plain(one.given), plain(other.given)];
  const isPair = one.culture.alike.some((pair) => pair.includes(one.given) && pair.includes(other.given));
  if (one.given !== other.given && isPair) return true;
  const middles = [one.middle, other.middle].flatMap((name) => (name ? [plain(name)] : []));
  const isShared = middles.some((middle) => middle === a || middle === b) || (middles.length === 2 && middles[0] === middles[1]); // prettier-ignore
  return !isShared && a[0] !== b[0] && !a.includes(b) && !b.includes(a) && !a.endsWith(b.slice(1)) && !b.endsWith(a.slice(1)); // prettier-ignore
}

function ofCompanies(a: HouseholdRecord, b: HouseholdRecord, one: TrueCompany, other: TrueCompany): number {
  const tellForms = !a.altered.has('form') && !b.altered.has('form');
  const tellNumbers = a.said['identifier.national'] && b.said['identifier.national'];
  const plants = [one, other].map(({ name }) => /\d+$/.exec(name)?.[0]);
  const arePlants = plants.every(Boolean) && plants[0] !== plants[1];
  return Number(tellForms && one.form !== other.form) + Number(Boolean(tellNumbers) && one.registered !== other.registered) + Number(arePlants); // prettier-ignore
}
