import { itemListOf, type AttributeId } from '../customer/attributes.ts';
import type { Lens, ReadAttribute, Reading } from './lens.ts';

/** How values fare by the rule that brings them into their form. */
export interface Standing {
  /** Values that are in their form and pass its checks. */
  passes: number;
  /** In their form, and failing a check of it: shown, and lost to what passes where the rule is *valid first*. */
  doubted: number;
  /** In no form that can be read: kept as they were sent, and saying nothing. */
  fails: number;
}

/** Of one attribute, or the items of one list. */
export interface StandardTally extends Standing {
  attribute: AttributeId;
  /** The scheme or code set that they are of, else their shape; of a list, `items`. */
  rule: string;
}

/** Counts how the values of records fare. What a record says nothing of is not counted. */
export class Standards {
  private readonly lens: Lens;
  private readonly tallies = new Map<AttributeId, Standing>();

  constructor(lens: Lens) {
    this.lens = lens;
  }

  /** @param met called with each attribute of which the record has a value that does not pass */
  note({ attributes, unreadable }: Reading, met?: (attribute: AttributeId, how: 'doubted' | 'fails') => void): void {
    for (const [id, said] of Object.entries(attributes) as [AttributeId, ReadAttribute][]) {
      const list = itemListOf(id);
      const how = this.howOf(list ?? id, said, list !== null, unreadable);
      if (how === null) continue;
      this.tallyOf(list ?? id)[how] += 1;
      if (how !== 'passes') met?.(list ?? id, how);
    }
  }

  /** In the order of the mapping. */
  counts(): StandardTally[] {
    const { attributes, lists } = this.lens;
    return [...attributes, ...lists].flatMap((attribute) => {
      const tally = this.tallies.get(attribute);
      return tally ? [{ attribute, rule: this.ruleOf(attribute), ...tally }] : [];
    });
  }

  /** Null: the record says nothing of it. Where absence means nothing, a value is unknown without anything that could not be read. */
  private howOf(
    attribute: AttributeId,
    { value, fields }: ReadAttribute,
    isItem: boolean,
    unreadable: Reading['unreadable'],
  ): keyof Standing | null {
    if (value === null) return null;
    if (value !== undefined) return this.lens.model.attributeOf(attribute).shape.doubt(value) ? 'doubted' : 'passes';
    return isItem || unreadable.some(({ path }) => Object.hasOwn(fields, path)) ? 'fails' : null;
  }

  private tallyOf(attribute: AttributeId): Standing {
    const known = this.tallies.get(attribute);
    if (known) return known;
    const begun = { passes: 0, doubted: 0, fails: 0 };
    this.tallies.set(attribute, begun);
    return begun;
  }

  private ruleOf(attribute: AttributeId): string {
    const declared = this.lens.model.document.attributes.find(({ id }) => id === attribute);
    return declared?.scheme ?? declared?.codeSet ?? declared?.shape ?? 'items';
  }
}
