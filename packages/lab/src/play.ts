import type { AttributeId } from '@cinch/canonical-model';
import { createRandom } from '@cinch/demo-population/random';
import { arms, type ArmId } from './arms/arms.ts';
import type { Arm } from './arms/arm.ts';
import type { Cell } from './cells.ts';
import type { Log, Meant } from './meant.ts';
import { sides, type Pair, type Side } from './pair.ts';
import { dayMs, type Setting } from './setting.ts';
import { Stage, type Costs } from './stage.ts';
import type { Reading } from './truth.ts';

/** What stood at one instant of a day. Shares are of all cells. */
export interface Sample {
  day: number;
  drift: number;
  bySide: [number, number];
  /** Drifted cells of which nobody was told. */
  untold: number;
  /** How long the drifted cells have differed on average, in days. */
  stale: number;
  /** Drift by the other readings of what is contested. */
  contested: Partial<Record<Reading, number>>;
  /** Whether each system answered its users. */
  open: [boolean, boolean];
}

/** What an arm came to in one setting. */
export interface Played {
  arm: ArmId;
  samples: Sample[];
  /** Mean share of drifted cells by attribute, of each system that has it. */
  byAttribute: Record<AttributeId, [number | null, number | null]>;
  /** What stood right after each complete refresh. */
  afterRefresh: { day: number; drift: number; untold: number }[];
  /** Values that are true and that no system holds at the end, though people said them, and nobody was told. */
  lost: number;
  costs: Costs & { rows: number };
  /** How many cells there were at the end. */
  cells: number;
}

/** Who looks on while an arm plays. */
export interface Onlooker {
  onTurn?(cell: Cell, isDrifted: boolean, at: number): void;
  onSample?(sample: Sample): void;
}

/** Plays the log of what people meant by one way of keeping systems in step. */
export function play(pair: Pair, setting: Setting, log: Log, arm: ArmId, onlooker: Onlooker = {}): Played {
  return playOn(new Stage(pair, setting, arm), log, arm, arms[arm].make, onlooker).played;
}

/** The same, on a stage that the caller keeps. */
export function playOn(stage: Stage, log: Log, name: ArmId, make: (stage: Stage) => Arm, onlooker: Onlooker = {}) {
  const arm = make(stage);
  const run = new Run(stage, arm, name, onlooker);
  run.begin(log);
  run.through(log.entries);
  return { played: run.played(), arm, stage };
}

class Run {
  private readonly stage: Stage;
  private readonly arm: Arm;
  private readonly name: ArmId;
  private readonly onlooker: Onlooker;
  private readonly samples: Sample[] = [];
  private readonly afterRefresh: Played['afterRefresh'] = [];
  /** Customers whose entry was refused, and when it is tried again. */
  private readonly toBeEntered = new Map<number, number>();
  private readonly sums: [Record<AttributeId, number>, Record<AttributeId, number>] = [{}, {}];

  constructor(stage: Stage, arm: Arm, name: ArmId, onlooker: Onlooker) {
    this.stage = stage;
    this.arm = arm;
    this.name = name;
    this.onlooker = onlooker;
    if (onlooker.onTurn) stage.cells.onTurn = (cell, isDrifted) => onlooker.onTurn!(cell, isDrifted, stage.now);
    if ('onRefreshed' in arm)
      arm.onRefreshed = () => {
        const { day, drift, untold } = this.look(Math.floor(stage.now / dayMs));
        this.afterRefresh.push({ day, drift, untold });
      };
  }

  /** Both systems hold what is true: nothing has drifted yet. */
  begin({ start }: Log): void {
    const { stage } = this;
    for (const one of start) {
      for (const side of sides) stage.sites[side].make(one.customer, one.kind, one.values, 0);
      stage.mean(one);
    }
    this.arm.begin?.();
    for (const site of stage.sites) site.written = 0;
    const { seed, days } = stage.setting;
    // At an instant of each day that nobody can prepare for, the same for all arms.
    const random = createRandom(seed + 5_000_011);
    for (let day = 1; day <= days; day += 1) {
      stage.agenda.add(day * dayMs + dayMs / 2, () => this.arm.noon?.(day));
      stage.agenda.add(day * dayMs + random.integer(0, dayMs / 1000 - 1) * 1000, () => this.sample(day));
    }
  }

  through(entries: readonly Meant[]): void {
    const { agenda } = this.stage;
    for (const entry of entries) {
      while (agenda.next !== null && agenda.next <= entry.at) this.next();
      this.stage.now = entry.at;
      this.say(entry);
    }
    while (agenda.next !== null && agenda.next < (this.stage.setting.days + 1) * dayMs) this.next();
  }

  private next(): void {
    const due = this.stage.agenda.take();
    this.stage.now = due.at;
    due.act();
  }

  /** What cannot be taken now is meant once it can: the person knows. */
  private say(entry: Meant): void {
    const { agenda, truth } = this.stage;
    const again = (at: number) => agenda.add(at, () => this.say({ ...entry, at: this.stage.now }));
    // Who could not be entered yet has nothing that could be changed.
    const enteredAt = truth.customers[entry.customer] ? undefined : this.toBeEntered.get(entry.customer);
    if (enteredAt !== undefined && entry.act !== 'create') return again(enteredAt);
    const refused = this.arm.typed(entry);
    if (!refused) return this.stage.mean(entry);
    if (entry.act === 'create') this.toBeEntered.set(entry.customer, refused.until);
    again(refused.until);
  }

  private look(day: number): Sample {
    const { cells, contested, now } = this.stage;
    const all = Math.max(1, cells.count);
    const bySide = sides.map((side) => sum(cells.drifted[side]) / Math.max(1, cells.total[side])) as [number, number];
    let untold = 0;
    for (const cell of cells.driftedNow()) if (!this.arm.isTold?.(cell)) untold += 1;
    return {
      day,
      drift: cells.driftedCount / all,
      bySide,
      untold: untold / all,
      stale: cells.staleness(now) / dayMs,
      contested: Object.fromEntries(
        [...contested].map(([reading, other]) => [
          reading,
          (cells.driftedCount + this.differenceBy(other.cells)) / all,
        ]),
      ),
      open: sides.map((side) => this.arm.isOpen?.(side) ?? true) as [boolean, boolean],
    };
  }

  private differenceBy(other: Stage['cells']): number {
    const differs = (side: Side) =>
      Object.entries(other.drifted[side]).reduce(
        (all, [id, count]) => all + count - this.stage.cells.drifted[side][id]!,
        0,
      );
    return differs(0) + differs(1);
  }

  private sample(day: number): void {
    const sample = this.look(day);
    this.samples.push(sample);
    for (const side of sides)
      for (const [id, count] of Object.entries(this.stage.cells.drifted[side]))
        this.sums[side][id] = (this.sums[side][id] ?? 0) + count;
    this.onlooker.onSample?.(sample);
  }

  played(): Played {
    const { stage, samples } = this;
    const rowsOf = (side: Side) => Math.max(1, stage.sites[side].rows.filter(Boolean).length);
    const share = (side: Side, id: AttributeId) => {
      const total = this.sums[side][id];
      return total === undefined ? null : total / Math.max(1, samples.length) / rowsOf(side);
    };
    const ids = [...new Set(stage.pair.attributes.flat())];
    return {
      arm: this.name,
      samples,
      byAttribute: Object.fromEntries(ids.map((id) => [id, [share(0, id), share(1, id)]])),
      afterRefresh: this.afterRefresh,
      lost: this.lostUpdates(),
      costs: { ...stage.costs, rows: stage.sites[0].written + stage.sites[1].written },
      cells: stage.cells.count,
    };
  }

  private lostUpdates(): number {
    const { cells, truth, pair } = this.stage;
    let lost = 0;
    truth.customers.forEach((meant, customer) => {
      for (const attribute of Object.keys(meant!.values)) {
        const places = sides.filter((side) => meant!.isIn[side] && pair.attributes[side].includes(attribute));
        const all = places.map((side): Cell => ({ customer, side, attribute }));
        if (all.length > 0 && all.every((cell) => cells.isDrifted(cell) && !this.arm.isTold?.(cell))) lost += 1;
      }
    });
    return lost;
  }
}

function sum(counts: Readonly<Record<string, number>>): number {
  return Object.values(counts).reduce((all, one) => all + one, 0);
}
