import { itemListOf, type AttributeId, type PlainAttributeId, type Value } from '../customer/attributes.ts';
import { modelAsShipped } from '../customer/model/model.ts';
import type { Supplier } from '../facts/entry.ts';
import type { Assertion, RecordState } from '../facts/record-state.ts';
import { canonicalJson } from '../json.ts';
import type { Lens, Written } from '../mapping/lens.ts';
import {
  noDecisions,
  type AssertionRef,
  type Choice,
  type Pin,
  type RequestAnswer,
  type ValueDecisions,
} from './golden.ts';
import { shippedRules, type Rule, type RuleDocument } from './rules.ts';
import { survive, type MemberRecord } from './survive.ts';

export const minute = 60_000;
export const day = 24 * 60 * minute;

/** How the systems of these stories write what they do not write as it is. */
const codecs: Record<string, Partial<Record<PlainAttributeId, (value: Value) => Value>>> = {
  adipose: {
    lifecycle: (phase) => (phase === 'active' ? 'A' : 'I'),
    'identifier.national': (text) => String(text).slice(0, 4),
    'email.primary': (text) => String(text).toLowerCase(),
    'address.primary': (value) => ({ lines: [(value as { lines: string[] }).lines[0]!.slice(0, 5)] }),
  },
  // Has no accents.
  plain: { 'email.primary': (text) => String(text).normalize('NFD').replaceAll(/\p{M}/gu, '') },
  // Have one code for several phases each, none the same.
  early: { lifecycle: (phase) => (phase === 'prospect' || phase === 'active' ? 'early' : phase) },
  middle: { lifecycle: (phase) => (phase === 'active' || phase === 'dormant' ? 'middle' : phase) },
  round: { lifecycle: (phase) => (phase === 'dormant' || phase === 'prospect' ? 'round' : phase) },
  // Keeps only phones; an address has no place there, and is written empty.
  phoneBook: { 'address.primary': () => null },
};

/** A lens that only writes, attribute by attribute: what survives never reads a row. */
function aLens(system: string): Lens {
  const isSaid = (attribute: AttributeId) =>
    system === 'adipose' ? attribute !== 'birthDate' : system !== 'phoneBook' || itemListOf(attribute) === null;
  const write = (attribute: AttributeId, _kind: string, value: Value | null): Written => {
    if (!isSaid(attribute)) {
      return { kind: 'inexpressible', code: 'not-mapped', detail: 'There is no such place.' };
    }
    const encode = codecs[system]?.[attribute as PlainAttributeId];
    return { kind: 'written', fields: { [attribute]: value === null || !encode ? value : encode(value) } };
  };
  const attributes = modelAsShipped.plainIds.filter(isSaid);
  const lists = system === 'phoneBook' ? [] : [...modelAsShipped.listIds];
  const patch: Lens['patch'] = (_kind, shown, wanted) => {
    const text = (fields: typeof shown, path: string) => canonicalJson(fields?.[path] ?? null);
    return Object.fromEntries(Object.entries(wanted).filter(([path]) => text(shown, path) !== text(wanted, path)));
  };
  const says = { model: modelAsShipped, meaning: () => undefined, silentPaths: () => [] };
  return { system, version: 1, attributes, lists, write, patch, ...says } as Partial<Lens> as Lens;
}

/** A source record in the making: what it came with, what was changed there, what was delivered to it. Times are in minutes. */
export class SourceRecord {
  readonly recordId: number;
  tombstoned = false;
  readonly state: RecordState;
  private readonly lens: Lens;
  private readonly everHeld = new Map<AttributeId, string[]>();

  constructor(system: string, recordId: number) {
    this.recordId = recordId;
    this.lens = aLens(system);
    this.state = {
      kind: 'person',
      life: 0,
      lifeSince: null,
      headVersion: null,
      wholeVersion: null,
      headAt: null,
      headPosition: null,
      deleted: null,
      held: {},
      asserted: {},
      delivered: {},
      parked: {},
      moves: {},
      takenBack: [],
    };
  }

  came(attribute: AttributeId, value: Value | null, at: number): this {
    return this.assert(attribute, value, at, { change: false });
  }

  changed(attribute: AttributeId, value: Value | null, at: number, request: number | null = null): this {
    return this.assert(attribute, value, at, { change: true, request });
  }

  /** The system acknowledged a delivery, and what it had said itself no longer votes. `value` as it is read back. */
  took(attribute: AttributeId, value: Value | null, at: number, supplier: Supplier): this {
    const native = this.hold(attribute, value);
    const own = this.state.asserted[attribute];
    if (own) own.superseded = supplier;
    this.state.delivered[attribute] = { position: `${at}`, value, native, at: at * minute, supplier };
    return this;
  }

  deleted(): this {
    this.tombstoned = true;
    return this;
  }

  ref(attribute: AttributeId): AssertionRef {
    return { recordId: this.recordId, position: this.state.asserted[attribute]!.position };
  }

  member(): MemberRecord {
    return { recordId: this.recordId, lens: this.lens, state: this.state, tombstoned: this.tombstoned };
  }

  private assert(attribute: AttributeId, value: Value | null, at: number, more: Partial<Assertion>): this {
    const over = [...(this.everHeld.get(attribute) ?? [])];
    const native = this.hold(attribute, value);
    const assertion = { position: `${at}`, value, native, at: at * minute, over, superseded: null };
    const said: Assertion = { change: true, request: null, ...assertion, ...more };
    this.state.asserted[attribute] = said;
    delete this.state.delivered[attribute];
    if (attribute === 'lifecycle') (this.state.moves[attribute] ??= []).push(said);
    return this;
  }

  private hold(attribute: AttributeId, value: Value | null): string {
    const written = this.lens.write(attribute, 'person', value);
    if (written.kind !== 'written') throw new Error(`${attribute} cannot be written: ${written.code}`);
    const native = canonicalJson(written.fields);
    this.state.held[attribute] = { fields: written.fields, value };
    this.everHeld.set(attribute, [...(this.everHeld.get(attribute) ?? []), native]);
    return native;
  }
}

export const adipose = (recordId = 1) => new SourceRecord('adipose', recordId);
export const bellyfat = (recordId = 2) => new SourceRecord('bellyfat', recordId);

/** The shipped rules with others for some attributes. */
export function rulesWith(attributes: RuleDocument['attributes']): RuleDocument {
  return { ...shippedRules, attributes: { ...shippedRules.attributes, ...attributes } };
}

interface Told {
  decisions?: Partial<ValueDecisions>;
  rules?: RuleDocument;
  /** In minutes. */
  asOf?: number;
  lives?: ReadonlyMap<number, string | null>;
}

export function survived(
  records: readonly SourceRecord[],
  { decisions, rules = shippedRules, asOf = 1000, lives }: Told = {},
) {
  const members = records.map((record) => record.member());
  return survive({
    members,
    decisions: { ...noDecisions, ...decisions },
    rules,
    model: modelAsShipped,
    asOf: asOf * minute,
    ...(lives && { lives }),
  });
}

/** What survives of one attribute under a rule given to it. */
export function survivedBy(
  rule: Rule,
  attribute: PlainAttributeId,
  records: readonly SourceRecord[],
  told: Omit<Told, 'rules'> = {},
) {
  return survived(records, { ...told, rules: rulesWith({ [attribute]: rule }) });
}

/** A choice of the first one's value before those of the others. */
export function aChoice(attribute: AttributeId, [chosen, ...others]: readonly SourceRecord[], decisionId = 7): Choice {
  const basis = [chosen!, ...others].map((record) => record.ref(attribute));
  return { decisionId, attribute, chosen: chosen!.ref(attribute), basis };
}

/** A pin made on a record; `at` and `until` in minutes. */
export function aPin(
  attribute: AttributeId,
  record: SourceRecord,
  value: Value | null,
  at: number,
  until: number | null = null,
  decisionId = 8,
): Pin {
  const ends = until === null ? null : until * minute;
  return { decisionId, attribute, recordId: record.recordId, value, at: at * minute, until: ends };
}

export function anAnswer(
  attribute: AttributeId,
  asker: SourceRecord,
  accepted: boolean,
  target: number | null = null,
  decisionId = 9,
): RequestAnswer {
  return { decisionId, attribute, request: asker.ref(attribute), accepted, target };
}

/** Who lost, and why, by record. */
export function losses(
  golden: { losers: readonly { recordId: number; why: string }[] } | undefined,
): [number, string][] {
  return (golden?.losers ?? []).map(({ recordId, why }): [number, string] => [recordId, why]).sort(([a], [b]) => a - b);
}
