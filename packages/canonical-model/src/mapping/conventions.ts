import type { MappingDocument } from './document.ts';
import type { Source } from './field-codec.ts';
import { compileNothing, shippedNothing, type Nothing } from './nothing.ts';

/** What a mapping says of all its places at once. */
export interface Conventions {
  nothing: Nothing;
  /** The zone of times that name none; null: they mean another moment in every place. */
  zone: string | null;
  /** The country of phone numbers that name none, by two letters, where the record has no address that says it. */
  country: string | null;
  /** The country that the address of a record says; null where the mapping reads none. */
  countryIn: ((source: Source) => string | null) | null;
  /** What it is known by is found again as it stands: only the white space around it goes. */
  isVerbatim: boolean;
}

/** Where only paths and flows are asked for. */
export const noConventions: Conventions = conventionsOf({ nothing: shippedNothing });

export function conventionsOf({
  nothing,
  zone,
  country,
}: Pick<MappingDocument, 'nothing' | 'zone' | 'country'>): Conventions {
  return {
    nothing: compileNothing(nothing),
    zone: zone ?? null,
    country: country ?? null,
    countryIn: null,
    isVerbatim: false,
  };
}

/** For keys: they are found again as they stand, and a key that looks like a word for nothing is a key. */
export function verbatim(conventions: Conventions): Conventions {
  return { ...conventions, nothing: compileNothing({ words: [], days: [] }), isVerbatim: true };
}
