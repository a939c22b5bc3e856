import type { OpenConflict } from '@cinch/canonical-model';
import type { Tx } from '../../platform/transaction.ts';
import type { Cause } from './cause.ts';
import type { ConflictRow, MasteringStore } from './mastering.store.ts';

/** What a batch does to conflicts: opened, shown anew, closed. */
export class ConflictChanges {
  private readonly opened: Omit<ConflictRow, 'conflictId'>[] = [];
  private readonly updated: Pick<ConflictRow, 'conflictId' | 'cause' | 'candidates'>[] = [];
  private readonly closed: { conflictId: number; closedBy: string }[] = [];

  withdraw(open: readonly ConflictRow[]): void {
    for (const { conflictId } of open) this.closed.push({ conflictId, closedBy: 'withdrawn' });
  }

  compare(customerId: number, open: readonly ConflictRow[], now: readonly OpenConflict[], cause: Cause): void {
    for (const { attribute, cause: why, candidates } of now) {
      const known = open.find((row) => row.attribute === attribute);
      const text = JSON.stringify(candidates);
      if (!known) this.opened.push({ customerId, attribute, cause: why, candidates: text });
      else if (known.candidates !== text || known.cause !== why)
        this.updated.push({ conflictId: known.conflictId, cause: why, candidates: text });
    }
    for (const { conflictId, attribute } of open) {
      if (now.some((conflict) => conflict.attribute === attribute)) continue;
      this.closed.push({ conflictId, closedBy: endedBy(cause, conflictId) });
    }
  }

  async write(tx: Tx, store: MasteringStore, at: number): Promise<void> {
    await store.closeConflict(tx, this.closed, at);
    await store.updateConflict(tx, this.updated);
    await store.openConflict(tx, this.opened, at);
  }
}

function endedBy(cause: Cause, conflictId: number): string {
  if (cause.kind === 'choice') return cause.conflictId === conflictId ? 'choice' : 'agreement';
  if (cause.kind === 'pin' || cause.kind === 'rules') return cause.kind;
  return withdrawing.has(cause.kind) ? 'withdrawn' : 'agreement';
}

/** Acts that take away what one side said. */
const withdrawing: ReadonlySet<Cause['kind']> = new Set([
  'undo',
  'not-same',
  'exclude',
  'confirm-deleted',
  'take-back',
  'match-model',
]);
