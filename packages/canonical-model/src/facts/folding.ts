import type { CustomerKind } from '../customer/attributes.ts';
import type { Lens } from '../mapping/lens.ts';
import { positionOf, type Entry } from './entry.ts';
import { Fold } from './fold.ts';
import type { RecordState } from './record-state.ts';
import { isPart, isTelling, Order, type Telling } from './timeline.ts';

/**
 * The state of a record whose timeline grows: the same as `foldTimeline` makes of all its entries. What stands behind all that was told before
 * is folded onto it; after anything else all of it is folded anew. By one lens, of a system that was never set back.
 */
export class Folding {
  private readonly lens: Lens;
  private readonly kindIfUnknown: CustomerKind;
  private readonly entries: Entry[];
  private fold: Fold | null = null;
  private taken = 0;
  /** Where what was folded ends; null where nothing is known to stand behind it. */
  private end: End | null = null;

  constructor(lens: Lens, kindIfUnknown: CustomerKind, entries: readonly Entry[] = []) {
    this.lens = lens;
    this.kindIfUnknown = kindIfUnknown;
    this.entries = [...entries];
  }

  add(entry: Entry): void {
    this.entries.push(entry);
    if (this.fold === null) return;
    this.end = this.end && endBehind(this.end, entry);
    if (this.end === null) {
      this.fold = null;
    } else {
      this.fold.take(entry, this.taken);
      this.taken += 1;
    }
  }

  /** Until the next entry is added. */
  get state(): RecordState {
    if (this.fold === null) {
      const ordered = new Order([]).of(this.entries);
      this.fold = new Fold(this.lens, this.kindIfUnknown, []);
      this.fold.run(ordered);
      this.taken = ordered.length;
      this.end = this.entries.every(isPlain) ? endOf(ordered) : null;
    }
    return this.fold.state;
  }
}

/** The telling that stands last, and when the last of the offers behind it was made. */
interface End {
  last: Telling | null;
  offeredAt: number;
}

function endOf(ordered: readonly Entry[]): End | null {
  let end: End | null = { last: null, offeredAt: -Infinity };
  for (const entry of ordered) end = end && endBehind(end, entry);
  return end;
}

/** The end with the entry; null where it may stand before others, or change what they say. */
function endBehind({ last, offeredAt }: End, entry: Entry): End | null {
  if (!isPlain(entry)) return null;
  if (entry.kind === 'offer') {
    const isBehindLast = entry.base === (last && positionOf(last)) && entry.at > offeredAt;
    return isBehindLast ? { last, offeredAt: entry.at } : null;
  }
  const isLast = isTelling(entry) && (last === null || entry.version! > last.version!);
  return isLast ? { last: entry, offeredAt: -Infinity } : null;
}

/** A whole row or its end by a version, or an offer; and nobody was asked about it. */
function isPlain(entry: Entry): boolean {
  if (entry.hold || entry.takenBack || entry.redated || isPart(entry)) return false;
  return entry.kind === 'offer' || (isTelling(entry) && entry.version !== null);
}
