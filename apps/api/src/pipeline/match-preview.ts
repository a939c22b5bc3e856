import { Injectable } from '@nestjs/common';
import { matchShifts, Scorer, type MatchModel, type MatchShift, type SaidOfPairs } from '@cinch/canonical-model';
import { ProblemError } from '../platform/problem-error.ts';
import { Database, type Tx } from '../platform/transaction.ts';
import { saidOfPairs } from '../stages/decisions/decision.ts';
import { DecisionsStore } from '../stages/decisions/decisions.store.ts';
import { ModelsStore } from '../stages/matching/models.store.ts';
import { ModelTrial, type Shifted } from '../stages/matching/trial.ts';

/** Records whose pairs are looked at: a second or two of work, in pages that let other calls through. */
const recordsAtMost = 2_000;
const atOnce = 100;
const samplesKept = 10;

interface ShiftCount {
  shift: MatchShift;
  /** Pairs of records, in all records: reckoned from the sample where it is not the whole. */
  pairs: number;
  samples: Shifted[];
}

export interface MatchDifference {
  /** The model that records are matched by now. */
  version: number;
  /** Records that were looked at, of so many. */
  records: number;
  of: number;
  /** Pairs that were weighed twice. */
  compared: number;
  shifts: ShiftCount[];
}

/**
 * What another model would make of the records that are there, pair by pair as they are compared today. A customer is more than its pairs:
 * others may hold two records together or keep them apart, and other limits of keys bring other pairs together.
 */
@Injectable()
export class MatchPreview {
  constructor(
    private readonly database: Database,
    private readonly models: ModelsStore,
    private readonly trial: ModelTrial,
    private readonly decisions: DecisionsStore,
  ) {}

  of(document: MatchModel): Promise<MatchDifference> {
    return this.database.in('long').read(async (tx) => {
      const waiting = await this.models.notApplied(tx);
      if (waiting) throw stillApplied(waiting.version);
      const present = await this.models.inForce(tx);
      const other = { model: document, scorer: new Scorer(document) };
      const [of, sample] = [await this.trial.population(tx), await this.trial.sample(tx, recordsAtMost)];
      const tally = new Tally();
      for (let from = 0; from < sample.length; from += atOnce) {
        const { pairs, shifted } = await this.trial.of(tx, sample.slice(from, from + atOnce), present, other);
        tally.compared += pairs.length;
        for (const one of await this.undecided(tx, shifted)) tally.add(one);
      }
      const { version } = present;
      const compared = Math.round(tally.compared / 2);
      return { version, records: sample.length, of, compared, shifts: tally.shifts(of / Math.max(1, sample.length)) };
    });
  }

  /** A steward's word about two records stands whatever a model says. */
  private async undecided(tx: Tx, shifted: readonly Shifted[]): Promise<Shifted[]> {
    const ids = [...new Set(shifted.flatMap(({ records }) => records))];
    if (ids.length === 0) return [];
    const { links, separations }: SaidOfPairs = saidOfPairs(await this.decisions.standing(tx, ids));
    const said = new Set([...links, ...separations].map(nameOf));
    return shifted.filter(({ records }) => !said.has(nameOf(records)));
  }
}

/** Every pair has two ends, so each end that was looked at counts a half. */
class Tally {
  compared = 0;
  private readonly ends = new Map<MatchShift, number>();
  private readonly samples = new Map<MatchShift, Map<string, Shifted>>();

  add(one: Shifted): void {
    this.ends.set(one.shift, (this.ends.get(one.shift) ?? 0) + 1);
    const kept = this.samples.get(one.shift) ?? new Map<string, Shifted>();
    this.samples.set(one.shift, kept);
    if (kept.size < samplesKept) kept.set(nameOf(one.records), one);
  }

  shifts(scale: number): ShiftCount[] {
    return matchShifts.map((shift) => ({
      shift,
      pairs: reckoned((this.ends.get(shift) ?? 0) / 2, scale),
      samples: [...(this.samples.get(shift)?.values() ?? [])],
    }));
  }
}

/** All keys are made anew and locked meanwhile; and what is foreseen would be compared with what is about to go. */
function stillApplied(version: number): ProblemError {
  return new ProblemError(
    'not-possible',
    `All records are being matched again by version ${version}. Wait until that is done, then look at what another model would change.`,
  );
}

/** A sample tells no more than two digits. */
function reckoned(pairs: number, scale: number): number {
  return scale > 1 ? Number((pairs * scale).toPrecision(2)) : Math.round(pairs);
}

function nameOf([one, other]: readonly [number, number]): string {
  return one < other ? `${one} ${other}` : `${other} ${one}`;
}
