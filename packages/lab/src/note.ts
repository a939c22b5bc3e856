import type { AttributeId, Json } from '@cinch/canonical-model';
import type { Side } from './pair.ts';

/** Who a message is to: a system, or the hub. */
export type Receiver = Side | 'hub';

/**
 * One step of a cell’s story. *meant*: somebody said it in a system; *sent*, *lost* and *missed*: what became of the message;
 * *untold*: there was none;
 * *filed*: the hub took it down; *understood*: what the receiver made of
 * it; *refreshed*: a complete refresh wrote it; *answered*: a steward did.
 */
export interface Note {
  at: number;
  kind:
    | 'meant'
    | 'refused'
    | 'untold'
    | 'sent'
    | 'lost'
    | 'missed'
    | 'filed'
    | 'understood'
    | 'ignored'
    | 'refreshed'
    | 'answered';
  side: Side | null;
  attribute: AttributeId | null;
  /** In the words of the canonical model, or as it stands in a system. */
  what: Json;
  /** What the receiver did with it, where it did anything. */
  became?: Json;
}
