import { attempt } from '../platform/attempt.ts';
import { refusedNumber } from '../platform/refused-row.ts';
import type { Tx } from '../platform/transaction.ts';
import type { Touched } from '../stages/records/timelines.ts';

/** Where the database refuses more of a piece of work than these, halves find them with less work. */
const mostAside = 8;

/**
 * Leaves new records out of a piece of work where the database refuses a step because of them, so that only this step is done again. A
 * record can be left out that begins with a single entry: all that earlier steps stored of it can be taken back.
 */
export class SettingAside {
  readonly aside = new Set<number>();
  private readonly tx: Tx;
  private readonly touched: ReadonlyMap<number, Touched>;
  private readonly mayLeave: boolean;
  private customerOf: ReadonlyMap<number, number> = new Map();

  constructor(tx: Tx, touched: ReadonlyMap<number, Touched>, mayLeave: boolean) {
    this.tx = tx;
    this.touched = touched;
    this.mayLeave = mayLeave;
  }

  /** The step's result; it has to be done with who is left. `takeBack`: undoes what earlier steps stored of these records. */
  async step<T>(work: () => Promise<T>, takeBack = (_: readonly number[]) => Promise.resolve()): Promise<T> {
    if (!this.mayLeave) return work();
    for (;;) {
      const outcome = await attempt(this.tx, work);
      if ('result' in outcome) return outcome.result;
      const suspects = this.suspects(outcome.failure);
      if (suspects.length === 0 || this.aside.size + suspects.length > mostAside) throw outcome.failure;
      for (const recordId of suspects) this.aside.add(recordId);
      await takeBack(suspects);
    }
  }

  left<R extends { recordId: number }>(records: readonly R[]): readonly R[] {
    return this.aside.size === 0 ? records : records.filter(({ recordId }) => !this.aside.has(recordId));
  }

  /** The customers that the records stand in: what is refused of a customer is because of one of its records. */
  standIn(customerOf: ReadonlyMap<number, number>): void {
    this.customerOf = customerOf;
  }

  private suspects(failure: unknown): number[] {
    const ofRow = ['record_id', 'other_id'].flatMap((column) => refusedNumber(failure, column) ?? []);
    const concerned = ofRow.length > 0 ? ofRow : this.standingIn(refusedNumber(failure, 'customer_id'));
    return concerned.filter((recordId) => this.touched.get(recordId)?.fresh?.entries.length === 1);
  }

  private standingIn(customerId: number | null): number[] {
    return [...this.customerOf].flatMap(([recordId, customer]) => (customer === customerId ? [recordId] : []));
  }
}
