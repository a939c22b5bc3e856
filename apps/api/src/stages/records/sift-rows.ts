import type { CustomerKind, Epoch } from '@cinch/canonical-model';
import { asWhole } from './as-entry.ts';
import { foldOnce } from './read-once.ts';
import { readRows, type ArrivedRow } from './read-rows.ts';
import type { ArrivedFrom } from './timelines.ts';

type From = Pick<ArrivedFrom, 'lens' | 'kind' | 'load'>;

/** A row before anything is known of its record is of this kind. */
const kindIfUnknown: CustomerKind = 'person';

/**
 * Whether the hub itself fails on the row by what it works out of it alone. Nothing is written and nothing is lost by asking: what comes
 * out is remembered for the steps that need it.
 */
export function isPoison(row: ArrivedRow, { lens, kind, load }: From, epochs: readonly Epoch[]): boolean {
  try {
    const [whole] = readRows([row], lens, load?.asOf ?? null).wholes;
    if (!whole) return false;
    const entry = asWhole(whole, kind, lens, new Map());
    if (entry.kind !== 'receipt') foldOnce(entry, lens, kindIfUnknown, epochs);
    return false;
  } catch {
    return true;
  }
}
