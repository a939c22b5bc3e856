import type { AttributeId } from '@cinch/canonical-model';
import { saysTheSame, sides, writtenBy, type Pair, type Side } from './pair.ts';
import type { Site } from './site.ts';
import type { Truth } from './truth.ts';

/** One (record, attribute) of one system. */
export interface Cell {
  customer: number;
  side: Side;
  attribute: AttributeId;
}

/** Nothing is to be there and nothing is, it is as it should be, or it is not. */
type State = 0 | 1 | 2;
const [none, equal, drifted] = [0, 1, 2] as const;

/** Which cells differ from what should be there, kept as rows and truth change, with the time since when. */
export class Cells {
  /** Cells that there are, and those of them that differ, by side and attribute. */
  readonly total = [0, 0] as [number, number];
  readonly drifted: [Record<AttributeId, number>, Record<AttributeId, number>] = [{}, {}];
  private readonly states: [Uint8Array[], Uint8Array[]] = [[], []];
  /** Since when each drifted cell differs. */
  private readonly since = new Map<number, { cell: Cell; at: number }>();
  private sumOfSince = 0;
  private readonly pair: Pair;
  private readonly truth: Truth;
  private readonly sites: readonly [Site, Site];
  private readonly attributes: readonly [readonly AttributeId[], readonly AttributeId[]];
  /** Where each attribute stands among them. */
  private readonly places: readonly [ReadonlyMap<AttributeId, number>, ReadonlyMap<AttributeId, number>];
  /** Told of each change. */
  onTurn: ((cell: Cell, isDrifted: boolean) => void) | null = null;

  constructor(pair: Pair, truth: Truth, sites: readonly [Site, Site], only: readonly AttributeId[] | null = null) {
    this.pair = pair;
    this.truth = truth;
    this.sites = sites;
    const played = (side: Side) => pair.attributes[side].filter((id) => only === null || only.includes(id));
    this.attributes = [played(0), played(1)];
    const placed = (side: Side) => new Map(this.attributes[side].map((id, place) => [id, place]));
    this.places = [placed(0), placed(1)];
    for (const side of sides) for (const id of this.attributes[side]) this.drifted[side][id] = 0;
  }

  look(customer: number, side: Side, attribute: AttributeId | 'all', now: number): void {
    if (attribute === 'all') for (const id of this.attributes[side]) this.lookAt(customer, side, id, now);
    else if (this.places[side].has(attribute)) this.lookAt(customer, side, attribute, now);
  }

  private lookAt(customer: number, side: Side, attribute: AttributeId, now: number): void {
    const states = (this.states[side][customer] ??= new Uint8Array(this.attributes[side].length));
    const place = this.places[side].get(attribute)!;
    const before = states[place] as State;
    const state = this.stateOf(customer, side, attribute);
    if (state === before) return;
    states[place] = state;
    this.turn({ customer, side, attribute }, before, state, now);
  }

  private turn(cell: Cell, before: State, state: State, now: number): void {
    const { side, attribute } = cell;
    this.total[side] += Number(state !== none) - Number(before !== none);
    const isDrifted = state === drifted;
    if (isDrifted === (before === drifted)) return;
    const name = this.nameOf(cell);
    if (isDrifted) {
      this.drifted[side][attribute]! += 1;
      this.since.set(name, { cell, at: now });
      this.sumOfSince += now;
    } else {
      this.drifted[side][attribute]! -= 1;
      this.sumOfSince -= this.since.get(name)!.at;
      this.since.delete(name);
    }
    this.onTurn?.(cell, isDrifted);
  }

  private stateOf(customer: number, side: Side, attribute: AttributeId): State {
    const meant = this.truth.customers[customer];
    const row = this.sites[side].rows[customer];
    const isDue = meant?.isIn[side] ?? false;
    if (!isDue) return row ? drifted : none;
    const value = meant!.values[attribute];
    if (value === undefined) return none;
    // What the system has no words for, it cannot hold otherwise than it should.
    const due = writtenBy(this.pair.lenses[side], attribute, meant!.kind, value);
    if (due === null) return none;
    const held = row?.fields[attribute];
    if (!row) return drifted;
    if (!held) return Object.values(due).every((one) => one === null) ? equal : drifted;
    return saysTheSame(this.sites[side].lens, attribute, meant!.kind, held, due) ? equal : drifted;
  }

  isDrifted({ customer, side, attribute }: Cell): boolean {
    return this.states[side][customer]?.[this.places[side].get(attribute) ?? -1] === drifted;
  }

  /** Whether cells of the attribute are judged. */
  has(attribute: AttributeId): boolean {
    return sides.some((side) => this.places[side].has(attribute));
  }

  /** The cells that differ now. */
  *driftedNow(): Iterable<Cell> {
    for (const { cell } of this.since.values()) yield cell;
  }

  get driftedCount(): number {
    return this.since.size;
  }

  get count(): number {
    return this.total[0] + this.total[1];
  }

  /** How long the drifted cells have differed, on average; 0 where there are none. */
  staleness(now: number): number {
    return this.since.size === 0 ? 0 : now - this.sumOfSince / this.since.size;
  }

  private nameOf({ customer, side, attribute }: Cell): number {
    const most = this.attributes[0].length + this.attributes[1].length;
    return (customer * 2 + side) * most + this.places[side].get(attribute)!;
  }
}
