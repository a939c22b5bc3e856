import { Injectable } from '@nestjs/common';
import { entriesOf } from '@cinch/canonical-model';
import { Clock } from '../platform/clock.ts';
import type { Tx } from '../platform/transaction.ts';
import { DecisionsStore } from '../stages/decisions/decisions.store.ts';
import { LivesStore, type BegunAgain } from '../stages/matching/lives.store.ts';
import type { FoldedRecord } from '../stages/records/timelines.ts';

/** Records that begin again: what was decided of them ends, and the customers that they leave keep their ids. */
@Injectable()
export class Lives {
  constructor(
    private readonly clock: Clock,
    private readonly store: LivesStore,
    private readonly decisions: DecisionsStore,
  ) {}

  /** The records as they are in the life that they are in now. */
  async begin(tx: Tx, folded: readonly FoldedRecord[]): Promise<readonly FoldedRecord[]> {
    const begun = folded.filter(hasBegunAgain);
    if (begun.length === 0) return folded;
    const own = new Set(begun.flatMap(({ recordId, said }) => (entriesOf(said).length > 0 ? [recordId] : [])));
    await this.store.begin(tx, begun.map(lifeOf), [...own]);
    // A life that a late word takes away again had decisions of its own; those of the one before stay ended.
    const forward = begun.filter(({ life, known }) => known.life > life).map(({ recordId }) => recordId);
    await this.decisions.end(tx, forward, this.clock.now());
    return folded.map((record) => {
      if (!hasBegunAgain(record)) return record;
      return { ...record, excluded: false, ...(own.has(record.recordId) && { origin: 'push', follows: null }) };
    });
  }

  /** `changed`: records that say something else of themselves than in their life before. The others keep the ids that they gave. */
  async letGo(tx: Tx, folded: readonly FoldedRecord[], changed: ReadonlySet<number>): Promise<void> {
    const begun = folded.filter(hasBegunAgain);
    if (begun.length === 0) return;
    const [other, same] = [true, false].map((isOther) =>
      begun.filter(({ recordId }) => changed.has(recordId) === isOther).map(lifeOf),
    );
    await this.store.stay(tx, same!);
    await this.store.handOn(tx, other!);
  }
}

/** Whether the record is in another life than the one that is stored. */
export function hasBegunAgain({ isNew, life, known }: FoldedRecord): boolean {
  return !isNew && known.life !== life;
}

function lifeOf({ recordId, life, known }: FoldedRecord): BegunAgain {
  return { recordId, life: known.life, before: life };
}
