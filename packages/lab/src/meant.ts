import type { AttributeId, CustomerKind, Value } from '@cinch/canonical-model';
import type { Side } from './pair.ts';

/** One thing that somebody meant: who is it about, in which system was it said, what, and when (milliseconds since day 0). */
interface Said {
  at: number;
  customer: number;
  where: Side;
}

export interface Edit extends Said {
  act: 'edit';
  attribute: AttributeId;
  /** As the system where it was said can say it, read back: nobody means what they cannot say. Null: there is none any more. */
  value: Value | null;
}

export interface Increment extends Said {
  act: 'increment';
  attribute: AttributeId;
  by: number;
}

export interface Creation extends Said {
  act: 'create';
  kind: CustomerKind;
  values: Readonly<Record<AttributeId, Value>>;
}

/** The system's record of the customer ends; the customer, and the other system's record, do not. */
interface Deletion extends Said {
  act: 'delete';
}

/** Two records of one system turn out to be one customer's: `customer`'s ends, `into`'s goes on. */
interface Merge extends Said {
  act: 'merge';
  into: number;
}

export type Meant = Edit | Increment | Creation | Deletion | Merge;

/** The append-only log of what people meant, and the customers that both systems had at the start. */
export interface Log {
  start: readonly Creation[];
  entries: readonly Meant[];
}
