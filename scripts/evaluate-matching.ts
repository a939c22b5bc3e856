// Measures matching on labelled public files: precision and recall over pairs, and what they cost.
// node scripts/evaluate-matching.ts --data DIR [--set fake] [--counted] [--misses missed|false]
// Sets: fake, historical, organisations, febrl, senzing, cdc, and generated, which needs no files.
import { parseArgs } from 'node:util';
import {
  evidenceOf,
  linkAll,
  PopulationCount,
  Scorer,
  shippedModel,
  type ComparedRecord,
  type Features,
  type Linked,
  type MatchModel,
} from '@cinch/canonical-model';
import { cdc, fake, febrl, historical, organisations, senzing, type LabelledRecord } from './linkage/data.ts';
import { generated } from './linkage/generated.ts';

const { values: options } = parseArgs({
  options: {
    data: { type: 'string', default: process.env['LINKAGE_DATA'] },
    set: { type: 'string' },
    /** Frequencies and population counted from the set itself, as an admin would publish them. */
    counted: { type: 'boolean', default: false },
    misses: { type: 'string' },
    size: { type: 'string', default: '20000' },
  },
});

const nobodySaid = { links: [], separations: [] };
const sets = { fake, historical, organisations, febrl, senzing };

try {
  const isWanted = (name: string) => !options.set || options.set === name;
  for (const [name, read] of Object.entries(sets)) if (isWanted(name)) report(name, read(dataFolder()));
  if (isWanted('cdc')) reportCases(dataFolder());
  if (isWanted('generated')) report('generated', generated(Number(options.size)));
} catch (error) {
  console.error((error as Error).message);
  process.exitCode = 1;
}

function dataFolder(): string {
  if (!options.data) throw new Error('Name the folder with the public files: --data DIR, or LINKAGE_DATA.');
  return options.data;
}

function report(name: string, records: readonly LabelledRecord[]): void {
  const started = performance.now();
  const { linked, judge, features } = link(records, shippedModel);
  const ms = performance.now() - started;
  const entities = records.map((record) => record.entity);
  const of = (id: number) => entities[id];
  let [right, found] = [0, 0];
  for (const ids of linked.clusters) {
    for (const [index, a] of ids.entries()) {
      for (const b of ids.slice(index + 1)) {
        if (of(a) === null || of(b) === null) continue;
        found += 1;
        if (of(a) === of(b)) right += 1;
        else if (options.misses === 'false') show(records, a, b);
      }
    }
  }
  const sizes = [
    ...Map.groupBy(
      entities.filter((one) => one !== null),
      (one) => one,
    ).values(),
  ].map((one) => one.length);
  const truth = sizes.reduce((sum, n) => sum + (n * (n - 1)) / 2, 0);
  if (options.misses === 'missed') showMissed(records, linked);
  const parted = partedByRule(entities, features, judge.scorer);
  const [precision, recall] = [right / found, right / truth];
  const f1 = (2 * precision * recall) / (precision + recall);
  const allowed = right / (truth - parted);
  console.log(
    `${name.padEnd(14)} precision ${precision.toFixed(4)} recall ${recall.toFixed(4)} F1 ${f1.toFixed(4)}; ` +
      `recall of the pairs that may be linked ${allowed.toFixed(4)}, ${((100 * parted) / truth).toFixed(1)} % of the true ones may not; ` +
      `${records.length} records, ${(linked.compared / records.length).toFixed(1)} pairs a record, ` +
      `${linked.edges.length} edges, ${linked.crowdedKeys.size} crowded keys, ${linked.lost} given up; ${((ms * 1000) / records.length).toFixed(0)} µs a record`,
  );
}

/** True pairs that contradict each other so that the machine may not link them (rule 21); others may still be parted by whom they stand with. */
function partedByRule(entities: readonly (string | null)[], features: readonly Features[], scorer: Scorer): number {
  const groups = Map.groupBy([...entities.keys()], (id) => entities[id]);
  let parted = 0;
  for (const [entity, ids] of groups) {
    if (entity === null) continue;
    for (const [index, a] of ids.entries())
      for (const b of ids.slice(index + 1)) if (scorer.compare(features[a]!, features[b]!)?.veto) parted += 1;
  }
  return parted;
}

function link(
  records: readonly LabelledRecord[],
  shipped: MatchModel,
): { linked: Linked; judge: { scorer: Scorer; model: MatchModel }; features: Features[] } {
  const evidence = records.map(({ kind, said }) => evidenceOf(kind, said, 'file'));
  const count = new PopulationCount();
  for (const one of evidence) count.add(one);
  const model = options.counted ? count.into(shipped, new Date().toISOString()) : shipped;
  const scorer = new Scorer(model);
  const features = evidence.map((one) => scorer.features.of(one));
  const clusterables = features.map((one, recordId): ComparedRecord => {
    return { recordId, name: `file|${records[recordId]!.id}`, features: one, follows: null };
  });
  const judge = { scorer, model };
  return { linked: linkAll(clusterables, nobodySaid, judge), judge, features };
}

function reportCases(folder: string): void {
  const { seed, cases } = cdc(folder);
  const national = { ...shippedModel.identifiers.national, exclusive: true };
  const outcomes = new Map<string, Record<string, number>>();
  for (const { test, of, expected } of cases) {
    const { linked } = link([...seed.filter((one) => one.id === of), test], {
      ...shippedModel,
      identifiers: { national },
    });
    const outcome = linked.clusters.length === 1 ? 'linked' : linked.edges.length > 0 ? 'review' : 'apart';
    const counts = outcomes.get(expected) ?? {};
    outcomes.set(expected, { ...counts, [outcome]: (counts[outcome] ?? 0) + 1 });
    if (options.misses === expected)
      console.log(outcome, JSON.stringify(test.said), JSON.stringify(seed.find((one) => one.id === of)?.said));
  }
  for (const [expected, counts] of outcomes) console.log(`cdc            ${expected}: ${JSON.stringify(counts)}`);
}

function showMissed(records: readonly LabelledRecord[], linked: Linked): void {
  const clusterOf = new Map(linked.clusters.flatMap((ids, index) => ids.map((id) => [id, index])));
  const weights = new Map(linked.edges.map(({ records: [a, b], weight }) => [`${a} ${b}`, weight / 10_000]));
  for (let a = 0; a < records.length; a += 1)
    for (let b = a + 1; b < records.length; b += 1)
      if (
        records[a]!.entity !== null &&
        records[a]!.entity === records[b]!.entity &&
        clusterOf.get(a) !== clusterOf.get(b)
      )
        show(records, a, b, weights.get(`${a} ${b}`));
}

function show(records: readonly LabelledRecord[], a: number, b: number, weight?: number): void {
  console.log(
    weight ?? 'no edge',
    '\n   ',
    JSON.stringify(records[a]!.said),
    '\n   ',
    JSON.stringify(records[b]!.said),
  );
}
