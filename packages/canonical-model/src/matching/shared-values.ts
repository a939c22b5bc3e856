import { most } from '../limits.ts';
import type { Evidence } from './evidence.ts';
import type { MatchModel } from './model.ts';
import type { PlaceText } from './place-text.ts';
import { soundOf } from './sounds.ts';
import { numberOf } from './words.ts';

/** Of what values it is counted how many people share them. */
export const sharedKinds = ['phones', 'emails', 'houses', 'dates'] as const;
export type SharedKind = (typeof sharedKinds)[number];
export type SharedValues = Record<SharedKind, Record<string, number>>;

/** A birth date that one in so many records has stands for none: of the days of a life each is some 25 times rarer. */
const oneInMany = 1_000;

/** Who knows the year alone writes 1 January: of a year's children so many may be. */
const oneInYear = 20;

/** 16 M counters of one byte, so that of millions of values only those are kept by name that may be shared. */
const buckets = 2 ** 24;

/**
 * Which phones, mailboxes, houses and birth dates more people share than live in one household, by how many names: every record is to be
 * noted first, then all are added once more. What records say decides, and nothing else.
 */
export class SharedCount {
  private readonly noted = new Uint8Array(buckets);
  private readonly names = new Map<string, Set<string>>();
  private records = 0;

  note(evidence: Evidence): void {
    this.records += 1;
    for (const value of valuesOf(evidence)) {
      const bucket = numberOf(value) % buckets;
      if (this.noted[bucket]! < 255) this.noted[bucket]! += 1;
    }
  }

  add(evidence: Evidence): void {
    const name = nameIn(evidence);
    if (name === '') return;
    for (const value of valuesOf(evidence)) {
      if (this.noted[numberOf(value) % buckets]! <= most.inHousehold) continue;
      const names = this.names.get(value);
      if (names) names.add(name);
      else this.names.set(value, new Set([name]));
    }
  }

  found(): SharedValues {
    const leastOf = (kind: SharedKind, value: string) =>
      kind === 'dates' ? this.records / (value.endsWith('0101') ? oneInYear : oneInMany) : 0;
    const of = (kind: SharedKind) => {
      const start = `${kind} `;
      const shared = [...this.names].flatMap(([value, { size }]): [string, number][] => {
        const isShared = value.startsWith(start) && size > most.inHousehold && size > leastOf(kind, value);
        return isShared ? [[value.slice(start.length), size]] : [];
      });
      shared.sort(([a, n], [b, m]) => m - n || (a < b ? -1 : 1));
      return Object.fromEntries(shared.slice(0, most.sharedValues));
    };
    return { phones: of('phones'), emails: of('emails'), houses: of('houses'), dates: of('dates') };
  }
}

/** What is left of the evidence by a model that names values which are everybody's; of a house it is kept who lives elsewhere (`isSharedHouse`). */
export function withoutShared(evidence: Evidence, shared: MatchModel['shared']): Evidence {
  if (!shared) return evidence;
  const isOwn = (kind: SharedKind, value: string) => !Object.hasOwn(shared[kind], value);
  return {
    ...evidence,
    phones: evidence.phones.filter((phone) => isOwn('phones', phoneText(phone))),
    emails: evidence.emails.filter((email) => isOwn('emails', email)),
    dates: evidence.dates.filter((date) => isOwn('dates', date)),
  };
}

/** More live or work there than in one household. */
export function isSharedHouse(place: PlaceText, shared: MatchModel['shared']): boolean {
  return shared !== undefined && Object.hasOwn(shared.houses, houseText(place));
}

function valuesOf({ phones, emails, places, dates }: Evidence): Set<string> {
  const houses = places.map(houseText).filter((house) => house !== '');
  return new Set([
    ...phones.map((phone) => `phones ${phoneText(phone)}`),
    ...emails.map((email) => `emails ${email}`),
    ...houses.map((house) => `houses ${house}`),
    ...dates.map((date) => `dates ${date}`),
  ]);
}

/** As far as systems keep it that know no countries. */
function phoneText(phone: string): string {
  return phone.replace(/\D/g, '').slice(-10);
}

function houseText({ number, street, unit, postcode, town }: PlaceText): string {
  return number === '' || street === '' ? '' : [street, number, unit, postcode || town].join(' ').replace(/ +/g, ' ');
}

/** What two spellings of one name have in common, and two people of one house have not. */
function nameIn({ persons: [person], organizations: [organization] }: Evidence): string {
  if (person) return `${person.given.slice(0, 1)} ${soundOf(person.family) || person.family}`.trim();
  return organization ? organization.replaceAll(' ', '').slice(0, 12) : '';
}
