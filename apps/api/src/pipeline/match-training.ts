import { setImmediate } from 'node:timers/promises';
import { Injectable } from '@nestjs/common';
import { Scorer, Training, type Features, type Judge, type RecordPair, type Trained } from '@cinch/canonical-model';
import { Clock } from '../platform/clock.ts';
import { ProblemError } from '../platform/problem-error.ts';
import { Database } from '../platform/transaction.ts';
import { saidOfPairs } from '../stages/decisions/decision.ts';
import { DecisionsStore } from '../stages/decisions/decisions.store.ts';
import { ModelsStore } from '../stages/matching/models.store.ts';
import { MatchProgressStore } from '../stages/matching/progress.store.ts';
import { ModelTrial } from '../stages/matching/trial.ts';

/** Records whose pairs are learned of, and pairs at most: some seconds of work, in steps that let other calls through. */
const [recordsAtMost, pairsAtMost] = [5_000, 60_000];
const atOnce = 100;
/** The same records give the same weights. */
const seed = 7;

interface TrainedHere extends Trained {
  /** Records that were looked at, of so many. */
  records: number;
  of: number;
}

/** Learns weights without labels of the records that are there, as they are compared today. Nothing is stored. */
@Injectable()
export class MatchTraining {
  private isTraining = false;

  constructor(
    private readonly database: Database,
    private readonly models: ModelsStore,
    private readonly trial: ModelTrial,
    private readonly decisions: DecisionsStore,
    private readonly progress: MatchProgressStore,
    private readonly clock: Clock,
  ) {}

  async run(): Promise<TrainedHere> {
    if (this.isTraining) throw alreadyTraining();
    this.isTraining = true;
    try {
      return await this.learn();
    } finally {
      this.isTraining = false;
      await this.database.transaction((tx) => this.progress.end(tx, 'train'));
    }
  }

  private async learn(): Promise<TrainedHere> {
    const { version, document: model } = await this.database.read((tx) => this.models.latest(tx));
    const judge = { model, scorer: new Scorer(model) };
    const training = new Training(judge, 1);
    const [of, sample] = await this.database.read(async (tx) => {
      return [await this.trial.population(tx), await this.trial.sample(tx, recordsAtMost)] as const;
    });
    let [pairs, records] = [0, 0];
    while (records < sample.length && pairs < pairsAtMost) {
      await this.tell(version, records, sample.length);
      pairs += await this.gather(training, judge, sample.slice(records, records + atOnce));
      records = Math.min(sample.length, records + atOnce);
    }
    const steps = training.learn(seed);
    for (;;) {
      const { done, value } = steps.next();
      if (done) return { ...value, records, of };
      await setImmediate();
    }
  }

  /** Adds the pairs of these records, with what stewards have said of them. */
  private async gather(training: Training, { scorer }: Judge, recordIds: readonly number[]): Promise<number> {
    const { pairs, evidence, said } = await this.database.in('long').read(async (tx) => {
      const found = await this.trial.pairsOf(tx, recordIds);
      return { ...found, said: saidOfPairs(await this.decisions.standing(tx, [...found.evidence.keys()])) };
    });
    const labels = new Map([
      ...said.links.map((pair) => [nameOf(pair), true] as const),
      ...said.separations.map((pair) => [nameOf(pair), false] as const),
    ]);
    const made = new Map<number, Features>([...evidence].map(([id, one]) => [id, scorer.features.of(one)]));
    for (const id of recordIds) if (made.has(id)) training.addRecord(made.get(id)!);
    for (const pair of pairs) {
      const [one, other] = pair.map((id) => made.get(id));
      if (one && other) training.addPair(one, other, labels.get(nameOf(pair)) ?? null);
    }
    return pairs.length;
  }

  private tell(version: number, done: number, of: number): Promise<void> {
    const note = { work: 'train', version, step: 'learn', done, of, at: this.clock.now() } as const;
    return this.database.transaction((tx) => this.progress.note(tx, note));
  }
}

function alreadyTraining(): ProblemError {
  return new ProblemError(
    'not-possible',
    'A training is under way. Wait until it has ended, then look at what it learned.',
  );
}

function nameOf([one, other]: RecordPair): string {
  return one < other ? `${one} ${other}` : `${other} ${one}`;
}
