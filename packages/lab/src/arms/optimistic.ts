import type { AttributeId, CustomerKind, Fields, Value } from '@cinch/canonical-model';
import type { Creation, Edit, Increment, Meant } from '../meant.ts';
import { other, writtenBy, type Side } from '../pair.ts';
import type { Stage } from '../stage.ts';
import type { Arm } from './arm.ts';

/** *changes*: an event tells what changed; *whole*: it carries the whole row. `marks`: a change made by an event is not told again. */
export interface Form {
  tells: 'changes' | 'whole';
  ways: 1 | 2;
  marks: boolean;
}

/** In one way, this system leads: what both hold is entered there. */
const leader: Side = 0;

/**
 * Each system tells the other of what changes in it, and reads what the other tells: there is no hub, no canonical record and no memory of
 * what the other one holds. As the reference systems do, a system tells of every change of a row, whoever made it, and a reader writes only
 * what differs; `marks` tries it otherwise.
 */
export class Optimistic implements Arm {
  protected readonly stage: Stage;
  private readonly form: Form;
  /** Who was ended by its own users: a system does not take up again what it ended. */
  private readonly ended: [Set<number>, Set<number>] = [new Set(), new Set()];

  constructor(stage: Stage, form: Form) {
    this.stage = stage;
    this.form = form;
  }

  typed(entry: Meant): null {
    switch (entry.act) {
      case 'create':
        this.create(entry);
        return null;
      case 'edit':
        this.edit(entry);
        return null;
      case 'increment':
        this.increment(entry);
        return null;
      case 'delete':
      case 'merge':
        this.ended[entry.where].add(entry.customer);
        this.stage.sites[entry.where].remove(entry.customer);
        return null;
    }
  }

  /** In one way what both can say is entered where the leader is, while it has the customer. */
  private placeOf({ customer, where }: Meant, attribute: AttributeId): Side {
    if (this.form.ways === 2 || !this.stage.sites[leader].rows[customer]) return where;
    return this.stage.pair.attributes[leader].includes(attribute) ? leader : where;
  }

  private create({ customer, where, kind, values }: Creation): void {
    const { stage } = this;
    const at = this.form.ways === 2 ? where : leader;
    stage.sites[at].make(customer, kind, values, stage.now);
    this.onOwnWord(at, customer, Object.keys(stage.sites[at].rows[customer]!.fields));
    this.tell(at, customer, Object.keys(stage.sites[at].rows[customer]!.fields), true);
    if (at === where) return;
    // What only the other one can say is entered there once the customer has come over.
    const rest = Object.entries(values).filter(([id]) => !stage.pair.attributes[at].includes(id));
    const enter = () => this.enter(where, customer, kind, Object.fromEntries(rest));
    if (stage.sites[where].rows[customer]) enter();
    else stage.agenda.add(stage.now + hourMs, enter);
  }

  private enter(side: Side, customer: number, kind: CustomerKind, values: Record<AttributeId, Value>): void {
    const lens = this.stage.pair.lenses[side];
    const wanted = Object.entries(values).map(([id, value]) => [id, writtenBy(lens, id, kind, value)] as const);
    const sayable = wanted.filter((one): one is readonly [string, Fields] => one[1] !== null);
    this.stage.sites[side].write(customer, Object.fromEntries(sayable), this.stage.now);
  }

  private edit(entry: Edit): void {
    const side = this.placeOf(entry, entry.attribute);
    const changed = this.stage.sites[side].write(entry.customer, this.stage.typedFields(entry, side), this.stage.now);
    if (changed.length === 0) return;
    this.onOwnWord(side, entry.customer, changed);
    this.tell(side, entry.customer, changed, false);
  }

  private increment(entry: Increment): void {
    const { customer, attribute, by } = entry;
    const side = this.placeOf(entry, attribute);
    if (!this.add(side, customer, attribute, by)) return;
    this.onOwnWord(side, customer, [attribute]);
    if (this.form.tells === 'whole') return this.tell(side, customer, [attribute], false);
    const to = other(side);
    if (!this.tells(side) || !this.stage.pair.attributes[to].includes(attribute)) return;
    this.stage.send(to, customer, { [attribute]: { add: by } }, () => void this.add(to, customer, attribute, by));
  }

  /** A user of the system has said something new in it; nobody has been told yet. */
  protected onOwnWord(_side: Side, _customer: number, _attributes: readonly AttributeId[]): void {}

  private add(side: Side, customer: number, attribute: AttributeId, by: number): boolean {
    const { stage } = this;
    const row = stage.sites[side].rows[customer];
    const lens = stage.pair.lenses[side];
    const held = row?.fields[attribute];
    if (!row || !held) return false;
    const sum = Number(lens.meaning(attribute, row.kind, held) ?? 0) + by;
    return (
      stage.sites[side].write(customer, { [attribute]: writtenBy(lens, attribute, row.kind, sum)! }, stage.now).length >
      0
    );
  }

  private tells(side: Side): boolean {
    return this.form.ways === 2 || side === leader;
  }

  private tell(side: Side, customer: number, changed: readonly AttributeId[], isNew: boolean, hops = 0): void {
    if (!this.tells(side) || hops > mostHops) return;
    const { kind, fields } = this.stage.sites[side].rows[customer]!;
    const told = this.form.tells === 'whole' ? fields : Object.fromEntries(changed.map((id) => [id, fields[id]!]));
    this.stage.send(other(side), customer, told, () =>
      this.hear(side, customer, kind, told, isNew || this.form.tells === 'whole', hops),
    );
  }

  /** The receiver’s reader of what the other system tells. */
  private hear(
    from: Side,
    customer: number,
    kind: CustomerKind,
    told: Readonly<Record<AttributeId, Fields>>,
    mayMake: boolean,
    hops: number,
  ): void {
    const { stage } = this;
    const side = other(from);
    const site = stage.sites[side];
    if (this.ended[side].has(customer)) return;
    const wanted = this.understood(from, customer, kind, told);
    if (!site.rows[customer]) {
      if (mayMake) site.store(customer, kind, wanted, stage.now);
      return;
    }
    const changed = site.write(customer, wanted, stage.now);
    if (changed.length > 0 && !this.form.marks) this.tell(side, customer, changed, false, hops + 1);
  }

  protected hasEnded(side: Side, customer: number): boolean {
    return this.ended[side].has(customer);
  }

  /** What the other system's fields become here; what cannot be read or said is passed over. */
  protected understood(
    from: Side,
    customer: number,
    kind: CustomerKind,
    told: Readonly<Record<AttributeId, Fields>>,
  ): Record<AttributeId, Fields> {
    const { stage } = this;
    const side = other(from);
    const lens = stage.pair.lenses[side];
    const wanted: Record<AttributeId, Fields> = {};
    for (const attribute of stage.pair.attributes[side]) {
      const fields = told[attribute];
      if (!fields) continue;
      const value = stage.understood(from, attribute, kind, fields);
      const { emptyIsNoAnswer, isState } = lens.model.attributeOf(attribute).shape;
      const isNothing = value === undefined || (value === null && (emptyIsNoAnswer || isState));
      const written = isNothing ? null : writtenBy(lens, attribute, kind, value);
      if (written) wanted[attribute] = written;
      stage.note(customer, written ? 'understood' : 'ignored', side, attribute, value ?? null, written ?? undefined);
    }
    return wanted;
  }
}

const hourMs = 3_600_000;
/** Two readers that misread each other answer each other for ever: what went to and fro so often is sent no more. */
const mostHops = 12;
