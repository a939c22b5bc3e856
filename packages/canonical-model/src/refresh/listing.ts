import type { AttributeId } from '../customer/attributes.ts';
import { isNews, type RecordState } from '../facts/record-state.ts';
import type { Reading } from '../mapping/lens.ts';

/**
 * What a listed row is to the hub: `same` as known; `news`, newer than the hub knew, which is taken in before anything is planned;
 * or `drift`, changed without a new version or older than known, which is overwritten.
 */
export type Listed = 'same' | 'news' | 'drift';

/** `contentKnown`: the very row stands somewhere in the record's timeline; asked only of rows without a version. */
export function classifyListed(
  reading: Reading,
  version: number | null,
  known: Pick<RecordState, 'held' | 'headVersion'> | null,
  contentKnown: boolean,
): Listed {
  if (!known) return 'news';
  if (version !== null && version > (known.headVersion ?? -1)) return 'news';
  if (holdsSame(reading, known)) return 'same';
  return version === null && !contentKnown ? 'news' : 'drift';
}

function holdsSame(reading: Reading, known: Pick<RecordState, 'held'>): boolean {
  return (Object.keys(reading.attributes) as AttributeId[]).every(
    (attribute) => !isNews(known.held[attribute], reading.attributes[attribute]!),
  );
}
