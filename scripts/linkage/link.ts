// Links a labelled set in memory as the pipeline would.
import { evidenceOf, linkAll, PopulationCount, Scorer, type ComparedRecord, type Features, type Linked, type MatchModel } from '@cinch/canonical-model'; // prettier-ignore
import type { LabelledRecord } from './data.ts';

const nobodySaid = { links: [], separations: [] };

export interface LinkedSet {
  records: readonly LabelledRecord[];
  linked: Linked;
  scorer: Scorer;
  model: MatchModel;
  features: Features[];
  /** Microseconds of processor. */
  spent: number;
}

/** `isCounted`: frequencies and population are counted from the set itself first, as an admin would publish them. */
export function linkSet(records: readonly LabelledRecord[], shipped: MatchModel, isCounted = false): LinkedSet {
  const started = process.cpuUsage();
  const evidence = records.map(({ kind, said, system, further }) => evidenceOf(kind, said, system, further));
  const count = new PopulationCount();
  for (const one of evidence) count.add(one);
  const model = isCounted ? count.into(shipped, new Date(0).toISOString()) : shipped;
  const scorer = new Scorer(model);
  const features = evidence.map((one) => scorer.features.of(one));
  const compared = features.map((one, recordId): ComparedRecord => {
    const { id, system } = records[recordId]!;
    return { recordId, name: `${system}|${id}`, features: one, follows: null };
  });
  const linked = linkAll(compared, nobodySaid, { scorer, model });
  const { user, system } = process.cpuUsage(started);
  return { records, linked, scorer, model, features, spent: user + system };
}
