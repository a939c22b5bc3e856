import {
  canonicalJson,
  noDecisions,
  Survival,
  type AttributeId,
  type CustomerKind,
  type Fields,
  type Lens,
  type MemberRecord,
  type RecordState,
  type RuleDocument,
  type Value,
} from '@cinch/canonical-model';
import { sides, writtenBy, type Side } from '../pair.ts';
import { bytesOf } from '../row-bytes.ts';
import type { Row } from '../site.ts';
import type { Stage } from '../stage.ts';
import { dayZero } from '../values.ts';
import type { Arm } from './arm.ts';
import { Optimistic } from './optimistic.ts';

type Golden = Readonly<Record<AttributeId, Value | null>>;

/** What a system’s own users last said of an attribute, and what they said before where its values are states. */
interface Word {
  fields: Fields;
  at: number;
  before: { fields: Fields; at: number }[];
}

/** What the users of one system last said of a customer, and how others read it: what they have said since is not read yet. */
interface OwnWords {
  said: Map<AttributeId, Word>;
  read: { lens: Lens; state: RecordState } | null;
  unread: Set<AttributeId>;
}

/**
 * Events keep copies fresh as far as they do, just as in the optimistic form with changes; every so many days a complete refresh puts right
 * what they lost or misread: what each system’s own users said last is gathered, the rules of mastery say what survives, all rows of a
 * system are marked old, its whole view is loaded, and what stayed old is flagged for a person: nothing is deleted.
 */
export class Pessimistic extends Optimistic {
  private readonly words: [Map<number, OwnWords>, Map<number, OwnWords>] = [new Map(), new Map()];
  private readonly survivals = new Map<number, Survival>();
  private readonly kinds = new Map<number, CustomerKind>();
  private readonly rules: RuleDocument;
  /** What survives of each customer, until one of the systems says more; and the rows that were last found to be so. */
  private readonly mastered = new Map<number, { golden: Golden; seen: [Row | undefined, Row | undefined] }>();
  private reader: unknown = null;
  private isDue = false;
  onRefreshed: Arm['onRefreshed'] = null;

  constructor(stage: Stage) {
    super(stage, { tells: 'changes', ways: 2, marks: false });
    this.rules = decidingAlone(stage.pair.rules);
  }

  begin(): void {
    for (const side of sides)
      this.stage.sites[side].rows.forEach((row, customer) => {
        if (row) this.hearOwn(side, customer, row.fields, row.kind);
      });
  }

  protected override onOwnWord(side: Side, customer: number, attributes: readonly AttributeId[]): void {
    const { kind, fields } = this.stage.sites[side].rows[customer]!;
    this.hearOwn(side, customer, Object.fromEntries(attributes.map((id) => [id, fields[id]!])), kind);
  }

  private hearOwn(
    side: Side,
    customer: number,
    fields: Readonly<Record<AttributeId, Fields>>,
    kind: CustomerKind,
  ): void {
    this.kinds.set(customer, kind);
    this.mastered.delete(customer);
    let own = this.words[side].get(customer);
    if (!own) this.words[side].set(customer, (own = { said: new Map(), read: null, unread: new Set() }));
    for (const [attribute, said] of Object.entries(fields)) {
      const last = own.said.get(attribute);
      const keepsAll = this.stage.pair.model.attributeOf(attribute).shape.isState;
      const before = last && keepsAll ? [...last.before, { fields: last.fields, at: last.at }] : [];
      own.said.set(attribute, { fields: said, at: this.stage.now, before });
      own.unread.add(attribute);
    }
  }

  noon(day: number): void {
    this.isDue ||= day % this.stage.setting.refreshDays === 0;
    const { faults, now } = this.stage;
    if (!this.isDue || sides.some((side) => faults.isDown(side, now))) return;
    this.isDue = false;
    this.refresh();
    this.onRefreshed?.();
  }

  /** Every row of both systems is read, and the whole view of each is loaded. */
  private refresh(): void {
    const reader = this.stage.reader(0);
    if (this.reader !== reader) this.mastered.clear();
    this.reader = reader;
    for (const customer of this.kinds.keys()) this.refreshOne(customer);
    for (const side of sides) {
      this.stage.costs.messages += 2;
      for (const row of this.stage.sites[side].rows) if (row) this.stage.costs.bytes += 2 * bytesOf(row);
    }
  }

  protected refreshOne(customer: number): void {
    let known = this.mastered.get(customer);
    if (!known) this.mastered.set(customer, (known = { golden: this.master(customer), seen: [undefined, undefined] }));
    for (const side of sides) {
      const site = this.stage.sites[side];
      // Loaded over itself a row stays what it is.
      if (site.rows[customer] && known.seen[side] === site.rows[customer]) continue;
      this.load(side, customer, known.golden);
      known.seen[side] = site.rows[customer];
    }
  }

  /** The master's values of one customer, by the product's own rules of survivorship. */
  private master(customer: number): Golden {
    const members = sides.flatMap((side): MemberRecord[] => {
      const own = this.words[side].get(customer);
      if (!own) return [];
      return [
        {
          recordId: side + 1,
          lens: this.stage.reader(side),
          state: this.stateOf(customer, side, own),
          tombstoned: false,
        },
      ];
    });
    const { pair, now } = this.stage;
    let survival = this.survivals.get(customer);
    if (!survival) this.survivals.set(customer, (survival = new Survival()));
    const survived = survival.of({
      members,
      decisions: noDecisions,
      rules: this.rules,
      model: pair.model,
      asOf: dayZero + now,
    });
    return Object.fromEntries(Object.entries(survived.attributes).map(([id, { value }]) => [id, value]));
  }

  /** What its users said, as others read it now: word by word, as far as it was not read so before. */
  private stateOf(customer: number, side: Side, own: OwnWords): RecordState {
    const lens = this.stage.reader(side);
    const isNew = own.read?.lens !== lens;
    if (own.read?.lens !== lens) {
      const kind = this.kinds.get(customer)!;
      own.read = { lens, state: { ...nothingSaid, kind, asserted: {}, moves: {} } };
    }
    const { state } = own.read;
    for (const attribute of isNew ? own.said.keys() : own.unread) this.readWord(state, side, attribute, own);
    own.unread.clear();
    return state;
  }

  private readWord(state: RecordState, side: Side, attribute: AttributeId, own: OwnWords): void {
    const word = own.said.get(attribute)!;
    const all = [...word.before, word].flatMap(({ fields, at }) => {
      const value = this.stage.understood(side, attribute, state.kind, fields);
      return value === undefined ? [] : [assertionOf(value, fields, dayZero + at)];
    });
    const last = all.at(-1);
    if (!last) {
      delete state.asserted[attribute];
      delete state.moves[attribute];
    } else {
      state.asserted[attribute] = last;
      if (this.stage.pair.model.attributeOf(attribute).shape.isState) state.moves[attribute] = all;
    }
  }

  private load(side: Side, customer: number, golden: Golden): void {
    const { stage } = this;
    const site = stage.sites[side];
    const kind = this.kinds.get(customer)!;
    const row = site.rows[customer];
    const view: Record<AttributeId, Fields> = {};
    for (const attribute of stage.pair.attributes[side]) {
      const value = golden[attribute];
      const written = value === undefined ? null : writtenBy(stage.pair.lenses[side], attribute, kind, value);
      if (written) view[attribute] = written;
    }
    if (row) {
      const changed = site.write(customer, view, stage.now);
      for (const attribute of changed)
        stage.note(customer, 'refreshed', side, attribute, golden[attribute] ?? null, view[attribute]);
    } else if (!this.hasEnded(side, customer)) site.store(customer, kind, view, stage.now);
  }
}

/** Nobody is asked between two refreshes: of two changes made apart the later one counts. */
function decidingAlone(rules: RuleDocument): RuleDocument {
  const alone = <R extends RuleDocument['default']>(rule: R): R =>
    rule.strategy === 'most-recent' ? { ...rule, concurrent: 'decide' } : rule;
  return {
    ...rules,
    default: alone(rules.default),
    attributes: Object.fromEntries(Object.entries(rules.attributes).map(([id, rule]) => [id, alone(rule)])),
  };
}

function assertionOf(value: Value | null, fields: Fields, at: number): RecordState['asserted'][string] {
  const native = canonicalJson(fields);
  return { position: `-.${at}.0`, value, native, at, change: at > dayZero, over: [], superseded: null, request: null };
}

const nothingSaid: Omit<RecordState, 'kind' | 'asserted' | 'moves'> = {
  life: 0,
  lifeSince: null,
  headVersion: null,
  wholeVersion: null,
  headAt: null,
  headPosition: null,
  deleted: null,
  held: {},
  delivered: {},
  parked: {},
  takenBack: [],
};
