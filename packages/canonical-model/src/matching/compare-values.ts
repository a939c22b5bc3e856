import type { Identifier, Mailbox, Phone, Place } from './features.ts';
import { edits, isOneEdit, likeness } from './similar.ts';

/** Place in the ladder of birth dates, written yyyymmdd. */
export function dateLevel(a: string, b: string): number {
  if (a === b) return 5;
  const isYear = a.startsWith(b.slice(0, 4));
  const [monthA, monthB, dayA, dayB] = [a.slice(4, 6), b.slice(4, 6), a.slice(6), b.slice(6)];
  // Who knows the year only writes 1 January.
  const isVague = a.endsWith('0101') || b.endsWith('0101');
  if (!(isVague && isYear) && (isOneEdit(a, b) || (isYear && monthA === dayB && dayA === monthB))) return 4;
  const years = Math.abs(Number(a.slice(0, 4)) - Number(b.slice(0, 4)));
  if (!isVague) {
    if (Number(isYear) + Number(monthA === monthB) + Number(dayA === dayB) === 2) return 3;
    // A slip in each part: twins of a slip are rarer than slips.
    if (years <= 1 && isNextTo(monthA, monthB) && isNextTo(dayA, dayB)) return 3;
  }
  if (isYear) return isVague ? 2 : 1;
  if (years <= 2) return 1;
  // A decade amiss, and one more slip.
  return !isVague && years <= 11 && edits(a, b, 2) <= 2 ? 1 : 0;
}

/** As numbers, at most one apart. */
export function isNextTo(one: string, other: string): boolean {
  return Math.abs(Number(one) - Number(other)) <= 1;
}

/** Place in the ladder of e-mail addresses; −1 where their likeness says no more than the name, or than that many have such a mailbox. */
export function emailLevel(a: Mailbox, b: Mailbox): number {
  if (a.text === b.text) return 4;
  if (a.isCommon || b.isCommon) return a.local === b.local ? -1 : 0;
  const isNamed = a.isNamed || b.isNamed || a.isBare || b.isBare;
  // Namesakes, and the desks of an office, are told apart by a number: another one is no slip.
  if (digitsOf(a.local) !== digitsOf(b.local)) return isNamed ? -1 : 0;
  // So do a dot, or the letters in which their names differ.
  if (a.local !== b.local && ((a.isBare && b.isBare) || (isNamed && lettersOf(a.local) === lettersOf(b.local))))
    return -1;
  if (a.text.length > 8 && b.text.length > 8 && edits(a.text, b.text, 2) <= 2) return 3;
  if (a.local === b.local) return isNamed ? -1 : 2;
  if (a.local.length < 4 || b.local.length < 4 || likeness(a.local, b.local) < 0.9) return 0;
  return isNamed ? -1 : 1;
}

function lettersOf(text: string): string {
  return text.replace(/[._-]/g, '');
}

function digitsOf(text: string): string {
  return text.replace(/\D/g, '');
}

/** Place in the ladder of phones; one without its area code is the end of the other. Where both name their country, it counts. */
export function phoneLevel({ text: a, country: ofA }: Phone, { text: b, country: ofB }: Phone): number {
  if (a === b && ofA !== null && ofB !== null && ofA !== ofB) return 0;
  if (a === b || (a.length >= 7 && b.length >= 7 && (a.endsWith(b) || b.endsWith(a)))) return 2;
  return a.length >= 7 && isOneEdit(a, b) ? 1 : 0;
}

/** Place in the ladder of identifiers; −1 for those of two schemes. */
export function identifierLevel(one: Identifier, other: Identifier): number {
  if (one.scheme !== other.scheme) return -1;
  const [a, b] = [one.text, other.text];
  if (a === b) return 2;
  if (Math.min(a.length, b.length) >= 6 && isOneEdit(a, b)) return 1;
  // The last four digits are all that some systems may keep.
  return (a.length === 4 && b.endsWith(a)) || (b.length === 4 && a.endsWith(b)) ? 1 : 0;
}

export function addressLevel(a: Place, b: Place): number {
  if (a.street === '' || b.street === '') return -1;
  const isStreet = a.street === b.street;
  const isNumber = a.number === b.number && a.number !== '';
  const isNear = isStreet || isNearStreet(a.street, b.street);
  if (isStreet && isNumber) {
    if (a.unit !== '' && b.unit !== '' && a.unit !== b.unit) return 2;
    return placeLevel(a, b) > 0 ? 4 : 3;
  }
  if (isNear && isNumber) return 2;
  // In one street the numbers of neighbours are a digit apart as well.
  if (isStreet && a.number.length > 1 && b.number.length > 1 && isOneEdit(a.number, b.number))
    return [1, 2].includes(placeLevel(a, b)) ? 1 : 2;
  return isStreet || (isNear && (a.number === '' || b.number === '')) ? 1 : 0;
}

/** Number and street are the same, in towns that may be. */
export function isOneHouse(a: Place, b: Place): boolean {
  return a.street !== '' && a.street === b.street && a.number === b.number && placeLevel(a, b) !== 0;
}

function isNearStreet(a: string, b: string): boolean {
  if (a.length >= 4 && b.length >= 4 && (isOneEdit(a, b) || likeness(a, b) >= 0.9)) return true;
  // The name of the house before it, or the town behind it, without a comma.
  const [few, many] = [a.split(' '), b.split(' ')].sort((one, other) => one.length - other.length) as [
    string[],
    string[],
  ];
  return few.join('').length >= 5 && few.length < many.length && few.every((word) => many.includes(word));
}

export function placeLevel(a: Place, b: Place): number {
  const hasCodes = a.postcode !== '' && b.postcode !== '';
  if (hasCodes && a.postcode === b.postcode) return 3;
  if (hasCodes && isNearCode(a.postcode, b.postcode)) return 2;
  const hasTowns = a.town !== '' && b.town !== '';
  if (hasTowns && (a.town === b.town || (a.town.length >= 4 && likeness(a.town, b.town) >= 0.9))) return 1;
  return hasCodes || hasTowns ? 0 : -1;
}

/** One sign apart, or the same British district. */
function isNearCode(a: string, b: string): boolean {
  if (isOneEdit(a, b)) return true;
  return a.length >= 5 && a.length === b.length && /^[a-z]/.test(a) && a.slice(0, -3) === b.slice(0, -3);
}
