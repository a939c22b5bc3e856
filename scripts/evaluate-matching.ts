// Measures matching on labelled public files: how well customers fit the truth, what is asked, and what it costs.
// node scripts/evaluate-matching.ts --data DIR [--set fake] [--counted] [--trained] [--misses missed|false|causes]
// Sets: fake, historical, organisations, febrl, febrl1, febrl2, senzing1 to senzing3, cdc, names, and generated and household, which need no files.
import { parseArgs } from 'node:util';
import {
  evidenceOf,
  modelAsShipped,
  Scorer,
  shippedModel,
  type Features,
  type Said,
  type TrainedKind,
  type Value,
} from '@cinch/canonical-model';
import { causeOf, causesOf, missedPairs } from './linkage/causes.ts';
import { fake, febrl, historical, organisations, type LabelledRecord } from './linkage/data.ts';
import { generated } from './linkage/generated.ts';
import { harmIn, household } from './linkage/household.ts';
import { linkSet, type Column, type LinkedSet } from './linkage/link.ts';
import { falsePairs, foundByKeys, partedByRule, qualityOf, reviewsOf } from './linkage/quality.ts';
import { cdc, namePairs, senzing } from './linkage/truth-sets.ts';

const { values: options } = parseArgs({
  options: {
    data: { type: 'string', default: process.env['LINKAGE_DATA'] },
    set: { type: 'string' },
    /** Frequencies and population counted from the set itself, as an admin would publish them. */
    counted: { type: 'boolean', default: false },
    /** Beside the model that ships the one that was trained on the set without its labels. */
    trained: { type: 'boolean', default: false },
    misses: { type: 'string' },
    /** Of the invented sets: records of the one, people of the other. */
    size: { type: 'string', default: '20000' },
  },
});

const columns: Column[] = options.trained ? ['shipped', 'trained'] : options.counted ? ['counted'] : ['shipped'];

const sets: Record<string, (folder: string) => LabelledRecord[]> = {
  fake,
  historical,
  organisations,
  febrl,
  febrl1: (folder) => febrl(folder, ['dataset1']),
  febrl2: (folder) => febrl(folder, ['dataset2']),
  senzing1: (folder) => senzing(folder, 1),
  senzing2: (folder) => senzing(folder, 2),
  senzing3: (folder) => senzing(folder, 3),
};

try {
  const isWanted = (name: string) => !options.set || options.set.split(',').includes(name);
  for (const [name, read] of Object.entries(sets))
    if (isWanted(name)) for (const column of columns) report(name, column, read(dataFolder()));
  if (isWanted('generated')) for (const column of columns) report('generated', column, generated(Number(options.size)));
  if (isWanted('household')) reportHouseholds(Number(options.size));
  if (isWanted('cdc')) reportCases(dataFolder());
  if (isWanted('names')) reportNames(dataFolder());
} catch (error) {
  console.error((error as Error).message);
  process.exitCode = 1;
}

function dataFolder(): string {
  if (!options.data) throw new Error('Name the folder with the public files: --data DIR, or LINKAGE_DATA.');
  return options.data;
}

function report(name: string, column: Column, records: readonly LabelledRecord[]): LinkedSet {
  const set = linkSet(records, shippedModel, column);
  const { linked, scorer, model, features } = set;
  const entities = records.map((record) => record.entity);
  if (options.misses === 'false') for (const [a, b] of falsePairs(linked.clusters, entities)) show(records, a, b);
  if (options.misses === 'missed') showMissed(set);
  const { precision, recall, f1, b3, truth, right } = qualityOf(linked.clusters, entities);
  const { bySeveral, byOne } = partedByRule(entities, features, scorer);
  const { open, asked } = reviewsOf(linked, entities);
  const found = foundByKeys(entities, features, linked.crowdedKeys, model);
  const share = (part: number, whole: number) => `${((100 * part) / whole).toFixed(1)} %`;
  const told = {
    precision: precision.toFixed(4),
    recall: recall.toFixed(4),
    F1: f1.toFixed(4),
    B3: b3.toFixed(4),
    'recall of allowed': (right / (truth - bySeveral)).toFixed(4),
    'parted by two or 12 years': share(bySeveral, truth),
    'by one': share(byOne, truth),
    'found by keys': share(found.pairs, truth),
    'pairs a record': (linked.compared / records.length).toFixed(1),
    'keys a record': found.keysPerRecord.toFixed(0),
    'reviews per 100': ((100 * open) / records.length).toFixed(1),
    'of them true': open === 0 ? '-' : share(asked, open),
    'crowded keys': linked.crowdedKeys.size,
    'µs a record': (set.spent / records.length).toFixed(0),
  };
  const words = Object.entries(told).map(([word, figure]) => `${word} ${figure}`);
  console.log(`${name.padEnd(13)} ${column.padEnd(7)} ${words.join(', ')}`);
  if (options.misses === 'causes')
    for (const [cause, count] of causesOf(set))
      console.log(`${''.padEnd(13)} ${share(count, truth).padStart(6)} ${cause}`);
  for (const one of set.trained?.kinds ?? []) if (one.records > 0) console.log(trainingInWords(one));
  return set;
}

function trainingInWords({ kind, kept, records, pairs, expected, warnings }: TrainedKind): string {
  const told = warnings.map(({ code, field, least, most }) => `; ${code} ${field ?? ''} ${least} ${most}`).join('');
  const done = kept === null ? 'weights learned' : `weights kept (${kept})`;
  return `${''.padEnd(13)} ${kind}: ${done} of ${records} records, ${pairs} pairs, ${expected} of them one${told}`;
}

/** The bars: no link with two sure contradictions, one false link in 10,000 true pairs else, recall 0.95, two questions per 100 records. */
function reportHouseholds(people: number): void {
  const set = household(people);
  const entities = set.records.map(({ entity }) => entity);
  for (const column of columns) {
    const { linked } = report('household', column, set.records);
    const harm = harmIn(set, falsePairs(linked.clusters, entities));
    const { truth } = qualityOf(linked.clusters, entities);
    const settings = [...harm.settings].map(([setting, count]) => `${setting} ${count}`).join(', ');
    console.log(
      `${''.padEnd(13)} false links with two sure contradictions ${harm.sure.length}; else ${harm.else.length}, ` +
        `${((10_000 * harm.else.length) / truth).toFixed(1)} in 10,000 true pairs (${truth})${settings && `; ${settings}`}`,
    );
  }
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
  for (const [expected, counts] of outcomes) console.log(`cdc           ${expected}: ${JSON.stringify(counts)}`);
}

/** Pairs of names with nothing beside them: who is one by the likeness of the names alone. */
function reportNames(folder: string): void {
  const scorer = new Scorer(shippedModel);
  let [right, found, truth] = [0, 0, 0];
  for (const { kind, names, isMatch } of namePairs(folder)) {
    const [a, b] = names.map((name) => {
      const said: Said = { name: [kind === 'person' ? { family: name } : { legal: name }] as Value[] };
      return scorer.features.of(evidenceOf(kind, said, 'file', modelAsShipped));
    }) as [Features, Features];
    const areAlike = scorer.areNamesAlike(a, b);
    if (isMatch) truth += 1;
    if (areAlike) found += 1;
    if (areAlike && isMatch) right += 1;
    if (options.misses === 'names' && areAlike !== isMatch) console.log(isMatch ? 'missed' : 'false', kind, names);
  }
  const [precision, recall] = [right / found, right / truth];
  const f1 = (2 * precision * recall) / (precision + recall);
  console.log(`names         precision ${precision.toFixed(4)}, recall ${recall.toFixed(4)}, F1 ${f1.toFixed(4)}`);
}

function showMissed(set: LinkedSet): void {
  const weights = new Map(set.linked.edges.map(({ records: [a, b], weight }) => [`${a} ${b}`, weight / 10_000]));
  for (const [a, b] of missedPairs(set))
    show(set.records, a, b, `${weights.get(`${a} ${b}`) ?? 'no edge'}, ${causeOf(set, a, b)}`);
}

function show(records: readonly LabelledRecord[], a: number, b: number, told = ''): void {
  const saidBy = (one: number) => JSON.stringify([records[one]!.said, records[one]!.further?.traits]);
  console.log(told, '\n   ', saidBy(a), '\n   ', saidBy(b));
}
