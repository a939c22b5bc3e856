import type { AttributeId, CustomerKind, Fields, Json, Lens, Value } from '@cinch/canonical-model';
import { Agenda } from './agenda.ts';
import { Cells } from './cells.ts';
import { Faults } from './faults.ts';
import type { Edit, Meant } from './meant.ts';
import type { Note, Receiver } from './note.ts';
import { sides, writtenBy, type Pair, type Side } from './pair.ts';
import { wrongReader, type WrongReader } from './misreading.ts';
import { dayMs, faultDays, versionLagDays, type Setting } from './setting.ts';
import { Site } from './site.ts';
import { contestedOf, readings, Truth, type Reading } from './truth.ts';

/** What an arm costs. */
export interface Costs {
  messages: number;
  bytes: number;
  /** Things that a person had to do because of how the systems are kept in step. */
  acts: number;
}

/** Where an arm plays: two systems, the network between, the clock, and the oracles, which the arm never sees. */
export class Stage {
  readonly pair: Pair;
  readonly setting: Setting;
  readonly faults: Faults;
  readonly sites: readonly [Site, Site];
  readonly agenda = new Agenda();
  readonly costs: Costs = { messages: 0, bytes: 0, acts: 0 };
  readonly truth: Truth;
  readonly cells: Cells;
  /** The cells of contested attributes, judged by each further reading of them. */
  readonly contested: ReadonlyMap<Reading, { truth: Truth; cells: Cells }>;
  now = 0;
  /** The customer whose story is written down; null where none is. */
  watched: { customer: number; notes: Note[] } | null = null;
  private readonly wrong: readonly { from: number; until: number; reader: WrongReader }[];

  constructor(pair: Pair, setting: Setting, arm: string, truth = new Truth(pair, 'least')) {
    this.pair = pair;
    this.setting = setting;
    this.faults = new Faults(setting, arm);
    const site = (side: Side) =>
      new Site(side, pair.lenses[side], (customer, attribute) => this.look(customer, side, attribute));
    this.sites = [site(0), site(1)];
    this.truth = truth;
    this.cells = new Cells(pair, this.truth, this.sites);
    const attributes = contestedOf(pair);
    const others = attributes.length === 0 ? [] : readings.filter((reading) => reading !== 'least');
    this.contested = new Map(
      others.map((reading) => {
        const truth = new Truth(pair, reading);
        return [reading, { truth, cells: new Cells(pair, truth, this.sites, attributes) }];
      }),
    );
    this.wrong = [
      ...mistakes(pair, 'swapped', setting.faultFrom, faultDays),
      ...mistakes(pair, 'behind', setting.versionFrom, versionLagDays),
    ];
  }

  private look(customer: number, side: Side, attribute: AttributeId | 'all'): void {
    this.cells.look(customer, side, attribute, this.now);
    for (const { cells } of this.contested.values()) cells.look(customer, side, attribute, this.now);
  }

  /** The oracles hear what was meant. */
  mean(entry: Meant): void {
    this.judge(entry, this);
    // The other readings agree on all that is not contested, and are asked of nothing else.
    for (const other of this.contested.values())
      if (!('attribute' in entry) || other.cells.has(entry.attribute)) this.judge(entry, other);
    if (entry.act === 'edit') this.note(entry.customer, 'meant', entry.where, entry.attribute, entry.value);
    else if (entry.act === 'increment')
      this.note(entry.customer, 'meant', entry.where, entry.attribute, `${entry.by} more`);
    else this.note(entry.customer, 'meant', entry.where, null, entry.act);
  }

  private judge(entry: Meant, { truth, cells }: { truth: Truth; cells: Cells }): void {
    const changed = truth.hear(entry);
    for (const side of sides) {
      if (changed === 'all') cells.look(entry.customer, side, 'all', this.now);
      else for (const attribute of changed) cells.look(entry.customer, side, attribute, this.now);
    }
  }

  /** The mapping by which others read what the system says now. */
  reader(side: Side): Lens {
    return this.wrongNow(side)?.lens ?? this.pair.lenses[side];
  }

  /** Whether what a system says is read wrongly now: what a person finds who looks at a few customers. */
  get isMisread(): boolean {
    return this.wrongNow(0) !== undefined;
  }

  private wrongNow(side: Side): WrongReader | undefined {
    return side === 1 || this.wrong.length === 0
      ? undefined
      : this.wrong.find(({ from, until }) => this.now >= from && this.now < until)?.reader;
  }

  /** What others understand of a system’s fields; undefined where they cannot read them. */
  understood(side: Side, attribute: AttributeId, kind: CustomerKind, fields: Fields): Value | null | undefined {
    return this.reader(side).meaning(attribute, kind, fields);
  }

  /** A message on its way: it may be lost, come twice or late, and a system that is down misses it. */
  send(to: Side, customer: number, what: Readonly<Record<AttributeId, Json>>, arrive: () => void): void {
    if (this.faults.staysUntold()) return this.noteAll(customer, 'untold', to, what);
    this.post(to, customer, what, () => {
      if (this.faults.isDown(to, this.now)) this.noteAll(customer, 'missed', to, what);
      else arrive();
    });
  }

  /** How long after it was sent each copy arrives. */
  private post(
    to: Receiver,
    customer: number,
    what: Readonly<Record<AttributeId, Json>>,
    arrive: () => void,
  ): readonly number[] {
    this.costs.messages += 1;
    this.costs.bytes += envelopeBytes + JSON.stringify(what).length;
    this.noteAll(customer, 'sent', to, what);
    const delays = this.faults.delays();
    if (delays.length === 0) this.noteAll(customer, 'lost', to, what);
    for (const delay of delays) {
      if (delay === 0) arrive();
      else this.agenda.add(this.now + delay, arrive);
    }
    return delays;
  }

  /** What a system pushes to the hub: its outbox sends it again until it is acknowledged, however often it has come by then. */
  push(customer: number, what: Readonly<Record<AttributeId, Json>>, arrive: () => void): void {
    if (this.faults.staysUntold()) return this.noteAll(customer, 'untold', 'hub', what);
    this.repeat(customer, what, arrive);
  }

  private repeat(customer: number, what: Readonly<Record<AttributeId, Json>>, arrive: () => void): void {
    const delays = this.post('hub', customer, what, arrive);
    if (delays.every((delay) => delay > acknowledgedWithinMs))
      this.agenda.add(this.now + acknowledgedWithinMs, () => this.repeat(customer, what, arrive));
  }

  /** A call, answered at once. False where the system is down or the call is lost: the caller knows. */
  call(to: Side, customer: number, what: Readonly<Record<AttributeId, Json>>): boolean {
    this.costs.messages += 2;
    this.costs.bytes += 2 * envelopeBytes + JSON.stringify(what).length;
    const isAnswered = !this.faults.isDown(to, this.now) && !this.faults.losesCall();
    this.noteAll(customer, isAnswered ? 'sent' : 'missed', to, what);
    return isAnswered;
  }

  note(
    customer: number,
    kind: Note['kind'],
    side: Receiver | null,
    attribute: AttributeId | null,
    what: Json,
    became?: Json,
  ): void {
    if (this.watched?.customer !== customer) return;
    this.watched.notes.push({
      at: this.now,
      kind,
      side: side === 'hub' ? null : side,
      attribute,
      what,
      ...(became !== undefined && { became }),
    });
  }

  private noteAll(
    customer: number,
    kind: Note['kind'],
    side: Receiver,
    what: Readonly<Record<AttributeId, Json>>,
  ): void {
    if (this.watched?.customer !== customer) return;
    for (const [attribute, fields] of Object.entries(what)) this.note(customer, kind, side, attribute, fields);
  }

  /** A steward asks the customer what is true: the only way to the truth for an arm, and it costs an act. */
  askCustomer(customer: number, attribute: AttributeId): Value | null {
    return this.truth.customers[customer]!.values[attribute] ?? null;
  }

  /** What the user types, as the system writes it. */
  typedFields({ customer, attribute, value }: Edit, side: Side): Record<AttributeId, Fields> {
    const kind = this.truth.customers[customer]!.kind;
    const fields = writtenBy(this.pair.lenses[side], attribute, kind, value);
    return fields ? { [attribute]: fields } : {};
  }
}

function mistakes(pair: Pair, mistake: Parameters<typeof wrongReader>[1], fromDay: number | null, days: number) {
  const reader = fromDay === null ? null : wrongReader(pair, mistake);
  return reader ? [{ from: fromDay! * dayMs, until: (fromDay! + days) * dayMs, reader }] : [];
}

/** A push that nobody acknowledged within this time is sent again: what the outbox of the reference systems waits for an answer. */
const acknowledgedWithinMs = 30_000;

/** Headers and envelope of a message, beside what it says. */
const envelopeBytes = 300;
