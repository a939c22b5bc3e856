import type { Random } from '../random.ts';
import type { Culture } from './culture.ts';
import { easternCultures } from './eastern-cultures.ts';
import { westernCultures } from './western-cultures.ts';

/** Who shares what: the kinds of houses, offices and companies that the set is made of. */
export type Setting =
  | 'family'
  | 'couple'
  | 'twins'
  | 'generations'
  | 'flats'
  | 'office'
  | 'careHome'
  | 'school'
  | 'single'
  | 'sisterCompanies'
  | 'switchboard';

interface InTruth {
  /** Who this is in truth. It is for judging a linkage and must not come into what is compared. */
  truth: number;
  setting: Setting;
  /** All that live or work together. */
  group: number;
  culture: Culture;
  address: TrueAddress;
  /** Of the house, the office or the switchboard. */
  landline: string | null;
  email: string | null;
}

export interface TrueAddress {
  street: string;
  number: number;
  flat: string | null;
  locality: string;
  postalCode: string;
}

export interface TruePerson extends InTruth {
  kind: 'person';
  isWoman: boolean;
  given: string;
  middle: string | null;
  family: string;
  /** `Jr` or `Sr`. */
  suffix: string | null;
  /** ISO calendar date. */
  birthDate: string;
  mobile: string | null;
}

export interface TrueCompany extends InTruth {
  kind: 'organization';
  /** Without its legal form. */
  name: string;
  form: string;
  /** Number in its register, or for its taxes. */
  registered: string;
}

export type InTheSet = TruePerson | TrueCompany;

export const cultures: readonly Culture[] = [...westernCultures, ...easternCultures];

/** Birth years of grown people that are not of the care home. */
export const grown = [1946, 2003] as const;

/** Draws names, dates, addresses and numbers. Phones are of no country: none gives out numbers that begin with 0 after its code. */
export class Inventor {
  readonly random: Random;
  private readonly taken = new Set<string>();

  constructor(random: Random) {
    this.random = random;
  }

  given(culture: Culture, isWoman: boolean): string {
    return this.skewed(isWoman ? culture.women : culture.men);
  }

  family(culture: Culture): string {
    return this.skewed(culture.families);
  }

  familyOf(culture: Culture, family: string, isWoman: boolean): string {
    return isWoman && culture.ofWoman ? culture.ofWoman(family) : family;
  }

  date([from, to]: readonly [number, number]): string {
    const { random } = this;
    const day = new Date(Date.UTC(random.integer(from, to), random.integer(0, 11), random.integer(1, 28)));
    return day.toISOString().slice(0, 10);
  }

  address(culture: Culture, flat: string | null = null): TrueAddress {
    const { random } = this;
    const { town, postcodes } = random.pick(culture.towns);
    const postalCode = postcodes.replace(/[#?]/g, (mark) =>
      mark === '#' ? String(random.integer(0, 9)) : random.pick([...'ABDEFGHJLNPQRSTUWXYZ']),
    );
    return { street: random.pick(culture.streets), number: random.integer(1, 140), flat, locality: town, postalCode };
  }

  phone(culture: Culture, isMobile: boolean): string {
    return this.unused(() => `${culture.country}0${isMobile ? 1 : 2}${this.digits(7)}`);
  }

  digits(count: number): string {
    return Array.from({ length: count }, () => this.random.integer(0, 9)).join('');
  }

  /** Mostly of the name, as people choose them. */
  mailbox(given: string, family: string): string {
    const { random } = this;
    const [first, last] = [plain(given), plain(family)];
    const names = [`${first}.${last}`, `${first}${last}`, `${first[0]}${last}`, `${last}.${first}`, `${first}_${last}`];
    const domain = random.pick(['mail.example', 'post.example', 'web.example', 'example.com', 'example.org']);
    return this.unused((attempt) => {
      const year = random.chance(0.4) || attempt > 0 ? String(random.integer(1, 99)) : '';
      return `${random.pick(names)}${year}@${domain}`;
    });
  }

  unused(draw: (attempt: number) => string): string {
    for (let attempt = 0; ; attempt += 1) {
      const value = draw(attempt);
      if (this.taken.has(value)) continue;
      this.taken.add(value);
      return value;
    }
  }

  /** Few names are common, many are not. */
  private skewed(names: readonly string[]): string {
    return names[Math.floor(names.length * this.random.next() ** 1.6)]!;
  }
}

/** Small Latin letters alone, as mailboxes are written. */
export function plain(text: string): string {
  return withoutAccents(text)
    .toLowerCase()
    .replace(/[^a-z]/g, '');
}

const letters: Readonly<Record<string, string>> = { ß: 'ss', ø: 'o', Ø: 'O', ł: 'l', Ł: 'L', ı: 'i', æ: 'ae' };

export function withoutAccents(text: string): string {
  return text
    .replace(/[ßøØłŁıæ]/g, (letter) => letters[letter]!)
    .normalize('NFD')
    .replace(/\p{M}/gu, '');
}
