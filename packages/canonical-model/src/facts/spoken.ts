import type { AttributeId, CustomerKind, Value } from '../customer/attributes.ts';
import { entriesOf, type ByAttribute } from '../customer/by-attribute.ts';
import { canonicalJson } from '../json.ts';
import type { Words } from '../matching/change-of-person.ts';
import { Distinct } from './distinct.ts';
import type { RecordState } from './record-state.ts';

/** What a record itself asserted since it last began. */
export class Spoken {
  /** Every distinct value, in the order in which they were said. */
  readonly said: ByAttribute<Value[]> = {};
  /** Canonical texts of what `said` holds. */
  private readonly texts = new Map<AttributeId, Distinct>();
  private firstKind: CustomerKind | null = null;
  /** What it said when a person last said that it is the same; null where nobody was asked. */
  private settled: Words | null = null;

  say(attribute: AttributeId, value: Value): void {
    const said = this.said[attribute];
    if (!said) {
      this.said[attribute] = [value];
      return;
    }
    let texts = this.texts.get(attribute);
    if (!texts) this.texts.set(attribute, (texts = new Distinct(canonicalJson(said[0]))));
    if (texts.add(canonicalJson(value))) said.push(value);
  }

  sayKind(kind: CustomerKind): void {
    this.firstKind ??= kind;
  }

  /** Whoever it is, a person has said that it is the same as before: what it says now is what news is held against. */
  settle({ kind, asserted }: Pick<RecordState, 'kind' | 'asserted'>): void {
    this.settled = { kind, values: valuesOf(asserted) };
  }

  /** What it said when it was last sure whom it tells of. */
  began(kind: CustomerKind): Words {
    const first: ByAttribute<Value> = {};
    for (const [attribute, [value]] of entriesOf(this.said)) first[attribute] = value!;
    return { kind: this.settled?.kind ?? this.firstKind ?? kind, values: { ...first, ...this.settled?.values } };
  }
}

/** What the record itself says now. */
export function wordsNow({ kind, asserted }: Pick<RecordState, 'kind' | 'asserted'>): Words {
  return { kind, values: valuesOf(asserted) };
}

function valuesOf(asserted: RecordState['asserted']): ByAttribute<Value> {
  const values: ByAttribute<Value> = {};
  for (const [attribute, { value }] of entriesOf(asserted)) if (value !== null) values[attribute] = value;
  return values;
}
