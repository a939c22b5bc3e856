import { canonicalJson, type AttributeId, type CustomerKind, type Value } from '@cinch/canonical-model';
import type { Edit, Meant } from './meant.ts';
import { areSame, ownerOf, shapeOf, sides, writtenBy, type Pair, type Side } from './pair.ts';

/**
 * What a word means that stands for several states, such as *inactive* for four phases.
 * *least*: no more than it must: who is in one of them stays there, else it is the mapping's default.
 * *literal*: the mapping's default, whatever was known before.
 * *ended*: whoever says so has seen the customer leave.
 */
export const readings = ['least', 'literal', 'ended'] as const;
export type Reading = (typeof readings)[number];

/** What is true of one customer. */
export interface TrueCustomer {
  kind: CustomerKind;
  values: Record<AttributeId, Value | null>;
  /** Whether each system is to have a record. */
  isIn: [boolean, boolean];
}

/**
 * The oracle: it sees the log of what people meant and the rules of mastery, and no message. It shares no code with the product's
 * survivorship, so that the two can contradict each other.
 */
export class Truth {
  readonly customers: (TrueCustomer | undefined)[] = [];
  private readonly pair: Pair;
  private readonly reading: Reading;

  constructor(pair: Pair, reading: Reading) {
    this.pair = pair;
    this.reading = reading;
  }

  /** Takes in what was meant. The attributes that are true otherwise now; all of them where records begin or end. */
  hear(entry: Meant): AttributeId[] | 'all' {
    switch (entry.act) {
      case 'create':
        this.customers[entry.customer] = { kind: entry.kind, values: { ...entry.values }, isIn: [true, true] };
        return 'all';
      case 'delete':
      case 'merge':
        this.customers[entry.customer]!.isIn[entry.where] = false;
        return 'all';
      case 'increment': {
        const { values } = this.customers[entry.customer]!;
        values[entry.attribute] = Number(values[entry.attribute] ?? 0) + entry.by;
        return [entry.attribute];
      }
      case 'edit':
        return this.hearEdit(entry) ? [entry.attribute] : [];
    }
  }

  private hearEdit(edit: Edit): boolean {
    const { attribute, where } = edit;
    const customer = this.customers[edit.customer]!;
    if (!this.mayChange(edit, customer)) return false;
    const lens = this.pair.lenses[where];
    const before = customer.values[attribute];
    const says = writtenBy(lens, attribute, customer.kind, edit.value);
    const shown = before === undefined ? null : writtenBy(lens, attribute, customer.kind, before);
    // Who types what is true already, as far as this system can say, has said nothing new.
    const isShown = shown !== null && says !== null && areSame(says, shown);
    const isState = lens.model.attributeOf(attribute).shape.isState;
    if (isShown && (!isState || this.reading === 'least')) return false;
    customer.values[attribute] = isState ? this.stateMeant(edit, customer.kind) : edit.value;
    return true;
  }

  private stateMeant({ attribute, where, value }: Edit, kind: CustomerKind): Value | null {
    const meant = statesOf(this.pair, where, attribute, kind, value);
    if (this.reading !== 'ended' || meant.length < 2) return value;
    return meant.includes('former') ? 'former' : meant.at(-1)!;
  }

  /** Rules of mastery: an owner's attribute is its own; a state is moved by the owner of the state that is left or entered. */
  private mayChange({ attribute, where, value }: Edit, customer: TrueCustomer): boolean {
    const system = this.pair.codes[where];
    const rule = this.pair.rules.attributes[attribute];
    if (rule?.strategy === 'transition') {
      const from = customer.values[attribute];
      const owners = [from, value].map((state) =>
        typeof state === 'string' ? rule.owners[state as never] : undefined,
      );
      return from === undefined || owners.includes(system as never);
    }
    const owner = ownerOf(this.pair, attribute);
    return owner === null || owner === system;
  }
}

/** The states that the system writes as it writes this one. */
function statesOf(pair: Pair, side: Side, attribute: AttributeId, kind: CustomerKind, value: Value | null): string[] {
  const lens = pair.lenses[side];
  const written = canonicalJson(writtenBy(lens, attribute, kind, value));
  return allStates.filter((state) => canonicalJson(writtenBy(lens, attribute, kind, state)) === written);
}

const allStates = ['prospect', 'active', 'dormant', 'former', 'deceased'];

/** Attributes whose meaning is contested between the two systems: one of them has fewer words than there are states. */
export function contestedOf(pair: Pair): AttributeId[] {
  const shared = pair.attributes[0].filter((attribute) => pair.attributes[1].includes(attribute));
  return shared.filter(
    (attribute) =>
      shapeOf(pair.model, attribute) === 'phase' &&
      sides.some((side) => allStates.some((state) => statesOf(pair, side, attribute, 'person', state).length > 1)),
  );
}
