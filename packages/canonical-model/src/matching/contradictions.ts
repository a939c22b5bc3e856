import { dateLevel, emailLevel, isNextTo } from './compare-values.ts';
import { isOneGiven, isPlausibleGiven } from './compare-names.ts';
import { numbersOf } from './compare-trades.ts';
import type { Features, Identifier, PersonName } from './features.ts';
import { edits, isOneEdit } from './similar.ts';

/** What the two say that one customer can hardly be both of. */
export type Contradiction = 'birthDate' | 'given' | 'suffix' | 'unit' | 'identifier' | 'legalForm' | 'number';

/** Levels of dates from a typo on, and of mailboxes from a slip on (`compare-values.ts`). */
const [typoInDate, nearlySameMailbox] = [4, 3];
/** A father and his son of one name are further apart. */
const generationYears = 12;
/** So many years a year may be out that was reckoned from an age. */
const vagueYears = 2;

/**
 * Why two records may not be linked by the machine, by what they themselves say (rule 21): two contradictions, birth dates a generation
 * apart, or one contradiction where nothing agrees that a household or an office could not share. Null where nothing parts them.
 * `isExclusive`: nobody has two national identifiers.
 */
export function partedBy(
  a: Features,
  b: Features,
  isExclusive: boolean,
): Contradiction | 'decade' | 'generation' | 'several' | null {
  const found = contradictionsOf(a, b, isExclusive);
  const [first] = found;
  if (first === undefined) return null;
  const isNobodyElses = (one: Identifier) => one.isSure && (isExclusive || one.isExclusive);
  if (haveSame(a.identifiers, b.identifiers, isNobodyElses)) return null;
  if (found.length > 1) return 'several';
  if (first === 'birthDate' && areGenerationApart(a, b)) return differByOneDigit(a, b) ? 'decade' : 'generation';
  return isOutweighed(first, a, b) ? null : first;
}

/** One contradiction parts two records by themselves; several, a generation or a sure difference part them whoever stands between. */
export function isSoft(veto: string): boolean {
  return soft.has(veto);
}

const soft: ReadonlySet<string> = new Set<Contradiction | 'decade'>([
  'birthDate',
  'decade',
  'given',
  'unit',
  'legalForm',
  'number',
]);

function contradictionsOf(a: Features, b: Features, isExclusive: boolean): Contradiction[] {
  const found: Contradiction[] = [];
  if (contradictInDate(a, b)) found.push('birthDate');
  if (contradictInName(a, b)) found.push('given');
  if (a.kind === 'person' && contradictInSuffix(a, b)) found.push('suffix');
  if (contradictInUnit(a, b)) found.push('unit');
  if (contradictInIdentifier(a, b, isExclusive)) found.push('identifier');
  if (contradictInForm(a, b)) found.push('legalForm');
  if (contradictInNumber(a, b)) found.push('number');
  return found;
}

/** Of all that either ever said, nothing goes together. */
function noneAgree<Value>(a: readonly Value[], b: readonly Value[], agree: (a: Value, b: Value) => boolean): boolean {
  return a.length > 0 && b.length > 0 && !a.some((one) => b.some((other) => agree(one, other)));
}

function contradictInDate(a: Features, b: Features): boolean {
  return noneAgree(a.dates, b.dates, ({ text: one }, { text: other }) => isSameDay(one, other));
}

/** Equal, or as slips make them of one another; who knows the year alone writes 1 January, and is often out by one or two. */
function isSameDay(one: string, other: string): boolean {
  const years = Math.abs(Number(one.slice(0, 4)) - Number(other.slice(0, 4)));
  if (years >= generationYears) return false;
  if (dateLevel(one, other) >= typoInDate) return true;
  if ((years < 2 || years === 10) && edits(one, other, 2) <= 2) return true;
  if (one.endsWith('0101') || other.endsWith('0101')) return years <= vagueYears;
  return (
    years <= 1 &&
    [one.slice(4, 6), one.slice(6)].every((part, at) => isNextTo(part, other.slice(4 + 2 * at, 6 + 2 * at)))
  );
}

function areGenerationApart(a: Features, b: Features): boolean {
  const apart = generationYears * 10_000;
  return noneAgree(a.dates, b.dates, (one, other) => Math.abs(Number(one.text) - Number(other.text)) < apart);
}

/** 1955-04-18 and 1985-04-18: a slip, or a father and his son. */
function differByOneDigit(a: Features, b: Features): boolean {
  return a.dates.some((one) => b.dates.some((other) => dateLevel(one.text, other.text) >= typoInDate));
}

function contradictInName(a: Features, b: Features): boolean {
  return noneAgree(withGiven(a), withGiven(b), isPlausibleGiven);
}

function withGiven({ names }: Features): readonly PersonName[] {
  return names.filter(({ given }) => given !== null);
}

function contradictInSuffix(a: Features, b: Features): boolean {
  const told = ({ names }: Features) => names.flatMap(({ suffix }) => (suffix === '' ? [] : [suffix]));
  return noneAgree(told(a), told(b), (one, other) => one === other);
}

function contradictInUnit(a: Features, b: Features): boolean {
  const inHouses = ({ places }: Features) => places.filter(({ unit, number }) => unit !== '' && number !== '');
  const [one, other] = [inHouses(a), inHouses(b)];
  const isOneHouse = one.some((place) =>
    other.some(({ street, number }) => street === place.street && number === place.number),
  );
  return isOneHouse && noneAgree(one, other, (place, that) => place.unit === that.unit);
}

/** Of one scheme of which nobody has two, all that the one has is other than all that the other has. */
function contradictInIdentifier(a: Features, b: Features, isExclusive: boolean): boolean {
  const schemes = new Set(a.identifiers.flatMap((one) => (one.isExclusive ? [one.scheme] : [])));
  return (
    contradictInNational(a, b, isExclusive) ||
    [...schemes].some((scheme) => {
      const ofScheme = ({ identifiers }: Features) => identifiers.filter((one) => one.scheme === scheme);
      return noneAgree(ofScheme(a), ofScheme(b), areOneNumber);
    })
  );
}

/** Numbers of one exclusive scheme that are out by a slip. */
export function areExclusivesNear(a: Features, b: Features): boolean {
  return a.identifiers.some(
    (one) => one.isExclusive && b.identifiers.some((other) => one.scheme === other.scheme && areOneNumber(one, other)),
  );
}

/** A company has one number in its register; a person's counts where nobody has two and both are sure. */
function contradictInNational(a: Features, b: Features, isExclusive: boolean): boolean {
  const national = ({ identifiers }: Features) => identifiers.filter(({ scheme }) => scheme === '');
  const isSure = [...national(a), ...national(b)].every((one) => one.isSure);
  if (a.kind === 'person' && !(isExclusive && isSure)) return false;
  return noneAgree(national(a), national(b), areOneNumber);
}

/** But for a slip. */
function areOneNumber({ text: one }: Identifier, { text: other }: Identifier): boolean {
  return one === other || isPartOf(one, other) || isOneEdit(one, other);
}

/** Some systems may keep the end of it alone, others write the country before it. */
function isPartOf(one: string, other: string): boolean {
  return one.endsWith(other) || other.endsWith(one);
}

/** Nord 17 and Nord 18 are two plants of one owner. */
function contradictInNumber(a: Features, b: Features): boolean {
  const areCompanies = a.legalForms.length > 0 && b.legalForms.length > 0;
  const numbered = ({ trades }: Features) => trades.map(numbersOf).filter((numbers) => areCompanies || numbers !== '');
  return noneAgree(numbered(a), numbered(b), (one, other) => one === other);
}

/** Who leaves its form out may be either of two sisters. */
function contradictInForm(a: Features, b: Features): boolean {
  if (a.kind === 'organization' && (a.legalForms.length === 0) !== (b.legalForms.length === 0)) return true;
  return noneAgree(a.legalForms, b.legalForms, (one, other) => one === other);
}

/** Something agrees that neither a household nor an office shares; surname, address, phone, common mailbox and a twin's birth date never are that. */
function isOutweighed(contradiction: Contradiction, a: Features, b: Features): boolean {
  if (contradiction === 'identifier' || contradiction === 'suffix') return false;
  if (haveSame(a.identifiers, b.identifiers)) return true;
  switch (contradiction) {
    case 'birthDate':
      // Two of one household have other given names; of a school or an office two may have one: then it takes what is their own.
      return (
        haveSame(a.emails, b.emails, ({ isCommon }) => !isCommon) ||
        (haveOneGiven(a, b) && (haveOneMailbox(a, b) || haveOneTrait(a, b)))
      );
    case 'unit':
      return (
        haveSame(a.dates, b.dates) ||
        haveSame(a.phones, b.phones) ||
        haveSame(a.emails, b.emails, ({ isCommon }) => !isCommon)
      );
    case 'legalForm':
      return (a.legalForms.length === 0 || b.legalForms.length === 0) && haveSame(a.emails, b.emails);
    case 'given':
    case 'number':
      return false;
  }
}

function haveSame<Value extends { text: string }>(
  a: readonly Value[],
  b: readonly Value[],
  counts: (value: Value) => boolean = () => true,
): boolean {
  return a.some((one) => counts(one) && b.some((other) => other.text === one.text && counts(other)));
}

/** Letter by letter: what two of one household do not share, though their names may be alike. */
function haveOneGiven(a: Features, b: Features): boolean {
  return a.names.some((one) => b.names.some((other) => isOneGiven(one, other)));
}

function haveOneMailbox(a: Features, b: Features): boolean {
  return a.emails.some((one) => b.emails.some((other) => !one.isCommon && emailLevel(one, other) >= nearlySameMailbox));
}

/** Of those that few share, such as an occupation. */
function haveOneTrait({ clues }: Features, other: Features): boolean {
  return clues.some((clue) => other.clues.includes(clue));
}
