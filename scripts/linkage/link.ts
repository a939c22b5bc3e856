// Links a labelled set in memory as the pipeline would.
import { evidenceOf, linkAll, PopulationCount, Scorer, type ComparedRecord, type Features, type Linked, type MatchModel } from '@cinch/canonical-model'; // prettier-ignore
import type { LabelledRecord } from './data.ts';

const nobodySaid = { links: [], separations: [] };

export interface LinkedSet {
  records: readonly LabelledRecord[];
  linked: Linked;
  scorer: Scorer;
  features: Features[];
  ms: number;
}

/** `isCounted`: frequencies and population are counted from the set itself first, as an admin would publish them. */
export function linkSet(records: readonly LabelledRecord[], shipped: MatchModel, isCounted = false): LinkedSet {
  const started = performance.now();
  const evidence = records.map(({ kind, said, system }) => evidenceOf(kind, said, system ?? 'file'));
  const count = new PopulationCount();
  for (const one of evidence) count.add(one);
  const model = isCounted ? count.into(shipped, new Date(0).toISOString()) : shipped;
  const scorer = new Scorer(model);
  const features = evidence.map((one) => scorer.features.of(one));
  const compared = features.map((one, recordId): ComparedRecord => {
    const { id, system = 'file' } = records[recordId]!;
    return { recordId, name: `${system}|${id}`, features: one, follows: null };
  });
  const linked = linkAll(compared, nobodySaid, { scorer, model });
  return { records, linked, scorer, features, ms: performance.now() - started };
}
