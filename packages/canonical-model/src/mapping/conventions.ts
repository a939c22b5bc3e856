import type { MappingDocument } from './document.ts';
import { compileNothing, shippedNothing, type Nothing } from './nothing.ts';

/** What a mapping says of all its places at once. */
export interface Conventions {
  nothing: Nothing;
  /** The zone of times that name none; null: they mean another moment in every place. */
  zone: string | null;
  /** What it is known by is found again as it stands: only the white space around it goes. */
  isVerbatim: boolean;
}

/** Where only paths and flows are asked for. */
export const noConventions: Conventions = { nothing: compileNothing(shippedNothing), zone: null, isVerbatim: false };

export function conventionsOf({ nothing, zone }: Pick<MappingDocument, 'nothing' | 'zone'>): Conventions {
  return { nothing: compileNothing(nothing), zone: zone ?? null, isVerbatim: false };
}

/** For keys: they are found again as they stand, and a key that looks like a word for nothing is a key. */
export function verbatim(conventions: Conventions): Conventions {
  return { ...conventions, nothing: compileNothing({ words: [], days: [] }), isVerbatim: true };
}
