// Measures matching on labelled public files and invented populations: precision, recall, questions, and what they cost.
// node scripts/evaluate-matching.ts --data DIR [--set fake] [--counted] [--misses missed|false]
// Sets: fake, historical, organisations, febrl, senzing, cdc, and generated and household, which need no files.
import { parseArgs } from 'node:util';
import { shippedModel } from '@cinch/canonical-model';
import { cdc, fake, febrl, historical, organisations, senzing, type LabelledRecord } from './linkage/data.ts';
import { figuresOf, pairsOf, type Figures } from './linkage/figures.ts';
import { generated } from './linkage/generated.ts';
import { harmIn, household } from './linkage/household.ts';
import { linkSet, type LinkedSet } from './linkage/link.ts';

const { values: options } = parseArgs({
  options: {
    data: { type: 'string', default: process.env['LINKAGE_DATA'] },
    set: { type: 'string' },
    /** Frequencies and population counted from the set itself, as an admin would publish them. */
    counted: { type: 'boolean', default: false },
    misses: { type: 'string' },
    /** Of the invented sets: records of the one, people of the other. */
    size: { type: 'string', default: '20000' },
  },
});

const sets = { fake, historical, organisations, febrl, senzing };

try {
  const isWanted = (name: string) => !options.set || options.set === name;
  for (const [name, read] of Object.entries(sets)) if (isWanted(name)) report(name, read(dataFolder()));
  if (isWanted('cdc')) reportCases(dataFolder());
  if (isWanted('generated')) report('generated', generated(Number(options.size)));
  if (isWanted('household')) reportHouseholds(Number(options.size));
} catch (error) {
  console.error((error as Error).message);
  process.exitCode = 1;
}

function dataFolder(): string {
  if (!options.data) throw new Error('Name the folder with the public files: --data DIR, or LINKAGE_DATA.');
  return options.data;
}

function report(name: string, records: readonly LabelledRecord[]): Figures {
  const set = linkSet(records, shippedModel, options.counted);
  const figures = figuresOf(set);
  const { precision, recall, f1, right, truth, parted, falsePairs, reviews, trueReviews } = figures;
  if (options.misses === 'missed') showMissed(set);
  if (options.misses === 'false') for (const [a, b] of falsePairs) show(records, a, b);
  const { linked, ms } = set;
  const per100 = (100 * reviews) / records.length;
  console.log(
    `${name.padEnd(14)} precision ${precision.toFixed(4)} recall ${recall.toFixed(4)} F1 ${f1.toFixed(4)}; ` +
      `recall of the pairs that may be linked ${(right / (truth - parted)).toFixed(4)}, ${((100 * parted) / truth).toFixed(1)} % of the true ones may not; ` +
      `${per100.toFixed(1)} questions per 100 records, ${((100 * trueReviews) / Math.max(1, reviews)).toFixed(0)} % of them true; ` +
      `${records.length} records, ${(linked.compared / records.length).toFixed(1)} pairs a record, ` +
      `${linked.edges.length} edges, ${linked.crowdedKeys.size} crowded keys, ${linked.lost} given up; ${((ms * 1000) / records.length).toFixed(0)} µs a record`,
  );
  return figures;
}

/** The bars: no link with two sure contradictions, one false link in 10,000 true pairs else, recall 0.95, two questions per 100 records. */
function reportHouseholds(people: number): void {
  const set = household(people);
  const { falsePairs, right, truth } = report('household', set.records);
  const harm = harmIn(set, falsePairs);
  const settings = [...harm.settings].map(([setting, count]) => `${setting} ${count}`).join(', ');
  console.log(
    `${''.padEnd(14)} false links with two sure contradictions ${harm.sure.length}; else ${harm.else.length}, ` +
      `${((10_000 * harm.else.length) / truth).toFixed(1)} in 10,000 true pairs (${truth}, ${right} of them found)${settings && `; ${settings}`}`,
  );
}

function reportCases(folder: string): void {
  const { seed, cases } = cdc(folder);
  const national = { ...shippedModel.identifiers.national, exclusive: true };
  const outcomes = new Map<string, Record<string, number>>();
  for (const { test, of, expected } of cases) {
    const { linked } = linkSet([...seed.filter((one) => one.id === of), test], {
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

function showMissed({ records, linked }: LinkedSet): void {
  const clusterOf = new Map(linked.clusters.flatMap((ids, index) => ids.map((id) => [id, index])));
  const weights = new Map(linked.edges.map(({ records: [a, b], weight }) => [`${a} ${b}`, weight / 10_000]));
  const entities = Map.groupBy([...records.keys()], (id) => records[id]!.entity);
  entities.delete(null);
  for (const ids of entities.values())
    for (const [a, b] of pairsOf(ids))
      if (clusterOf.get(a) !== clusterOf.get(b)) show(records, a, b, weights.get(`${a} ${b}`));
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
