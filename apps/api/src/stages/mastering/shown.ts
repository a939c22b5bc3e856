import {
  canonicalJson,
  entriesOf,
  foldText,
  type AttributeId,
  type GoldenAttributes,
  type RecordState,
  type Value,
  type Model,
} from '@cinch/canonical-model';

/** A golden record as people see it, each value worked out once: its name, its history, and what it is found by. */
export class Shown {
  private readonly attributes: GoldenAttributes;
  private readonly model: Model;
  private readonly texts = new Map<AttributeId, string>();

  constructor(attributes: GoldenAttributes, model: Model) {
    this.attributes = attributes;
    this.model = model;
  }

  get name(): string {
    const { nameId } = this.model;
    return (nameId && this.text(nameId)) ?? '(no name)';
  }

  /** The attributes that changed, before and now. */
  moves(changed: readonly AttributeId[], was: GoldenAttributes): { was: string; became: string } {
    const before: Record<string, string | null> = {};
    const now: Record<string, string | null> = {};
    for (const attribute of changed) {
      const value = was[attribute]?.value ?? null;
      before[attribute] = value === null ? null : this.model.words(attribute, value);
      now[attribute] = this.text(attribute);
    }
    return { was: JSON.stringify(before), became: JSON.stringify(now) };
  }

  /** Everything that a person may type to find the customer: any name, phone, e-mail or key of any of its records. `sees`: for whom that is not all. */
  searchText(
    records: readonly { sourceKey: string | null; state: Pick<RecordState, 'asserted'> }[],
    sees: (attribute: AttributeId) => boolean = () => true,
  ): string {
    const words = new Set<string>();
    for (const { sourceKey, state } of records) {
      if (sourceKey) words.add(foldText(sourceKey));
      for (const [attribute, { value }] of entriesOf(state.asserted)) {
        if (value !== null && sees(attribute)) this.addSearched(attribute, value, words);
      }
    }
    for (const [attribute, { value }] of entriesOf(this.attributes)) {
      if (value !== null && sees(attribute)) this.addSearched(attribute, value, words);
    }
    return [...words].sort().join('\n');
  }

  /** Amounts, phases and the like would find half of all customers. */
  private addSearched(attribute: AttributeId, value: Value, words: Set<string>): void {
    const { toFind } = this.model.attributeOf(attribute).shape;
    if (toFind) words.add(toFind(this.textOf(attribute, value)));
  }

  private text(attribute: AttributeId): string | null {
    const value = this.attributes[attribute]?.value ?? null;
    return value === null ? null : this.textOf(attribute, value);
  }

  /** Most values that records assert are the very ones that survived. */
  private textOf(attribute: AttributeId, value: Value): string {
    if (value !== this.attributes[attribute]?.value) return this.model.words(attribute, value);
    let text = this.texts.get(attribute);
    if (text === undefined) this.texts.set(attribute, (text = this.model.words(attribute, value)));
    return text;
  }
}

/** Provenance may move (a second system came to say the same) without any value moving: that is no history. */
export function changedAttributes(attributes: GoldenAttributes, was: GoldenAttributes): AttributeId[] {
  const changed: AttributeId[] = [];
  for (const [attribute, { value }] of entriesOf(was))
    if (!isSame(attributes[attribute]?.value, value)) changed.push(attribute);
  for (const [attribute, { value }] of entriesOf(attributes))
    if (!was[attribute] && value !== null) changed.push(attribute);
  return changed;
}

function isSame(a: Value | null | undefined, b: Value | null): boolean {
  return (a ?? null) === b || canonicalJson(a) === canonicalJson(b);
}
