// Links a labelled set in memory as the pipeline would.
import {
  evidenceOf,
  linkAll,
  modelAsShipped,
  PopulationCount,
  Scorer,
  SharedCount,
  trainAll,
  type ComparedRecord,
  type Evidence,
  type Features,
  type Linked,
  type MatchModel,
  type Trained,
} from '@cinch/canonical-model';
import type { LabelledRecord } from './data.ts';

const nobodySaid = { links: [], separations: [] };

export interface LinkedSet {
  records: readonly LabelledRecord[];
  linked: Linked;
  scorer: Scorer;
  model: MatchModel;
  features: Features[];
  trained: Trained | null;
  /** Microseconds of processor. */
  spent: number;
}

/** `shipped`: the model as it ships; `counted`: with what is common in the set; `trained`: with weights learned of it besides. */
export type Column = 'shipped' | 'counted' | 'trained';

const seed = 7;
const at = new Date(0).toISOString();

export function linkSet(
  records: readonly LabelledRecord[],
  shipped: MatchModel,
  column: Column = 'shipped',
): LinkedSet {
  const evidence = records.map(({ kind, said, system, further }) =>
    evidenceOf(kind, said, system, modelAsShipped, further),
  );
  const count = new PopulationCount();
  for (const one of evidence) count.add(one);
  const model = { ...shipped, shared: sharedAmong(evidence) };
  const counted = column === 'shipped' ? model : count.into(model, at);
  const trained = column === 'trained' ? trainedOn(records, evidence, counted) : null;
  const started = process.cpuUsage();
  const { compared, ...judge } = comparedBy(trained?.model ?? counted, records, evidence);
  const linked = linkAll(compared, nobodySaid, judge);
  const { user, system } = process.cpuUsage(started);
  return { records, linked, ...judge, trained, spent: user + system };
}

/** What the hub finds by itself, and publishes without a word of anybody. */
function sharedAmong(evidence: readonly Evidence[]): MatchModel['shared'] {
  const count = new SharedCount();
  for (const one of evidence) count.note(one);
  for (const one of evidence) count.add(one);
  return { at, ...count.found() };
}

function trainedOn(records: readonly LabelledRecord[], evidence: readonly Evidence[], model: MatchModel): Trained {
  const { compared, ...judge } = comparedBy(model, records, evidence);
  return trainAll(compared, judge, seed);
}

function comparedBy(model: MatchModel, records: readonly LabelledRecord[], evidence: readonly Evidence[]) {
  const scorer = new Scorer(model);
  const features = evidence.map((one) => scorer.features.of(one));
  const compared = features.map((one, recordId): ComparedRecord => {
    const { id, system } = records[recordId]!;
    return { recordId, name: `${system}|${id}`, features: one, follows: null };
  });
  return { scorer, model, features, compared };
}
