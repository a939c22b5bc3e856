import {
  evidenceMark,
  evidenceOf,
  matchKeysOf,
  type CustomerKind,
  type Features,
  type MatchKeys,
  type Said,
} from '@cinch/canonical-model';
import type { JudgeInForce } from './models.store.ts';

/** What is compared and stored of what a record said of itself. */
export interface Worked {
  mark: number;
  /** `Evidence` as JSON. */
  evidence: string;
  features: Features;
  /** The keys that the record has where nothing is crowded. */
  keys: MatchKeys;
}

interface Known extends Worked {
  judge: JudgeInForce;
  kind: CustomerKind;
  system: string;
}

/** It follows from what was said and by which model alone, so it holds while what was said is at hand. */
const known = new WeakMap<Said, Known>();

/** Works the evidence out once, however many steps ask and whichever asks first. `system`: its code. */
export function evidenceOnce(judge: JudgeInForce, kind: CustomerKind, said: Said, system: string): Worked {
  const found = known.get(said);
  if (found?.judge === judge && found.kind === kind && found.system === system) return found;
  const evidence = evidenceOf(kind, said, system, judge.canonical);
  const features = judge.scorer.features.of(evidence);
  const worked: Known = {
    judge,
    kind,
    system,
    mark: evidenceMark(kind, said, judge.canonical),
    evidence: JSON.stringify(evidence),
    features,
    keys: matchKeysOf(features, () => false, judge.model.blocks.deepest),
  };
  known.set(said, worked);
  return worked;
}
