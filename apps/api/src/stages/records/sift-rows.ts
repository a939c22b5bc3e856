import type { CustomerKind, Epoch, Folded } from '@cinch/canonical-model';
import { asWhole } from './as-entry.ts';
import { foldOnce } from './read-once.ts';
import { readRows, type ArrivedRow } from './read-rows.ts';
import type { ArrivedFrom } from './timelines.ts';

type From = Pick<ArrivedFrom, 'lens' | 'kind' | 'load'>;

/** A row before anything is known of its record is of this kind. */
const kindIfUnknown: CustomerKind = 'person';

/**
 * What the record amounts to that begins with the row; null where the row begins none. Throws where the hub itself fails on it. What comes out
 * is remembered for the steps that need it.
 */
export function foldAhead(row: ArrivedRow, { lens, kind, load }: From, epochs: readonly Epoch[]): Folded | null {
  const [whole] = readRows([row], lens, load?.asOf ?? null).wholes;
  if (!whole) return null;
  const entry = asWhole(whole, kind, lens, new Map());
  return entry.kind === 'receipt' ? null : foldOnce(entry, lens, kindIfUnknown, epochs);
}

/** Whether the hub itself fails on the row by what it works out of it alone. Nothing is written and nothing is lost by asking. */
export function isPoison(row: ArrivedRow, from: From, epochs: readonly Epoch[]): boolean {
  try {
    foldAhead(row, from, epochs);
    return false;
  } catch {
    return true;
  }
}
