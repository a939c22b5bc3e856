import { itemListOf } from '../customer/attributes.ts';
import { entriesOf } from '../customer/by-attribute.ts';
import { holdsSame, holdsSomething, type RecordState } from '../facts/record-state.ts';
import type { Lens, Reading } from '../mapping/lens.ts';

/**
 * What a listed row is to the hub: `same` as known; `news`, newer than the hub knew, which is taken in before anything is planned;
 * `drift`, changed without a new version or older than known, which is overwritten; `untold`, as known as far as it goes, which leaves
 * out something that it is known to hold; or `surplus`, still there after its delete.
 */
export type Listed = 'same' | 'news' | 'drift' | 'untold' | 'surplus';

/**
 * `contentKnown`: the very row stands somewhere in the record's timeline; asked only of rows without a version. A version above the head
 * is news whatever it says: it tells that the row was touched, and reopens one that was deleted. Above the last whole row, but not above
 * the head, the hub was told in part: what the row says beyond that is news.
 */
export function classifyListed(
  reading: Reading,
  version: number | null,
  known: Pick<RecordState, 'kind' | 'held' | 'headVersion' | 'wholeVersion' | 'deleted'> | null,
  contentKnown: boolean,
  lens: Pick<Lens, 'model'>,
): Listed {
  if (!known || isAbove(version, known.headVersion)) return 'news';
  if (known.deleted) return version === null && !contentKnown ? 'news' : 'surplus';
  if (holdsSame(reading, known, lens)) return tellsAll(reading, known.held) ? 'same' : 'untold';
  if (version === null) return contentKnown ? 'drift' : 'news';
  return isAbove(version, known.wholeVersion) ? 'news' : 'drift';
}

function isAbove(version: number | null, known: number | null): boolean {
  return version !== null && (known === null || version > known);
}

/** Whether the row tells of all that it is known to hold: what it leaves out, nobody can call the same. */
export function tellsAll({ attributes, lists }: Reading, held: RecordState['held']): boolean {
  return entriesOf(held).every(([attribute, known]) => {
    const list = itemListOf(attribute);
    return attributes[attribute] !== undefined || (list !== null && lists.includes(list)) || !holdsSomething(known);
  });
}
