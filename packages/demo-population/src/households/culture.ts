/** How people of one place are called, and how they write where they live. */
export interface Culture {
  /** Calling code of the country with its plus. */
  country: string;
  women: readonly string[];
  men: readonly string[];
  families: readonly string[];
  /** What some given names are shortened to among friends. */
  shortened: Readonly<Record<string, string>>;
  /** Names of a brother and a sister, or of twins, that differ by an ending. */
  alike: readonly (readonly [string, string])[];
  towns: readonly Town[];
  streets: readonly string[];
  /** The street with its number and flat, as it is written there; a flat is null where there is none. */
  line(street: string, number: number, flat: string | null): string;
  /** A woman’s form of a family name. */
  ofWoman?(family: string): string;
}

interface Town {
  town: string;
  /** `#` stands for a digit, `?` for a letter. */
  postcodes: string;
}

/** Words of a list; what has two of them is written with an underscore. */
export const listed = (names: string): string[] =>
  names
    .trim()
    .split(/\s+/)
    .map((name) => name.replaceAll('_', ' '));

/** `Leeds LS# #??` on each line; a town of two words is written with an underscore. */
export const towns = (lines: string): Town[] =>
  lines
    .trim()
    .split('\n')
    .map((line) => {
      const [town, ...code] = line.trim().split(' ');
      return { town: town!.replaceAll('_', ' '), postcodes: code.join(' ') };
    });

export const shortened = (pairs: string): Record<string, string> =>
  Object.fromEntries(listed(pairs).map((pair) => pair.split('=') as [string, string]));

export const alike = (pairs: string): [string, string][] =>
  listed(pairs).map((pair) => pair.split('/') as [string, string]);
