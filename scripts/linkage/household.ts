// People and companies that share nearly everything with somebody else: where a machine must not link two, and must not miss one.
import type { RecordPair } from '@cinch/canonical-model';
import { households, sureContradictions, type HouseholdRecord } from '@cinch/demo-population/households';
import type { LabelledRecord } from './data.ts';

const seed = 16;

export interface HouseholdSet {
  records: LabelledRecord[];
  /** In the order of the records. */
  households: HouseholdRecord[];
}

export function household(people: number): HouseholdSet {
  const made = households({ seed, people });
  const records = made.map((record): LabelledRecord => {
    const { system, key, of, said } = record;
    return { id: key, system, entity: String(of.truth), kind: of.kind, said };
  });
  return { records, households: made };
}

/** How many of the false pairs no machine may link, whoever stands between, and how the others are spread over the settings. */
export function harmIn({ households: made }: HouseholdSet, falsePairs: readonly RecordPair[]) {
  const isSure = ([a, b]: RecordPair) => sureContradictions(made[a]!, made[b]!) >= 2;
  const settings = new Map<string, number>();
  for (const [a] of falsePairs) {
    const { setting } = made[a]!.of;
    settings.set(setting, (settings.get(setting) ?? 0) + 1);
  }
  return { sure: falsePairs.filter(isSure), else: falsePairs.filter((pair) => !isSure(pair)), settings };
}
