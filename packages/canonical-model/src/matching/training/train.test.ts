import { modelAsShipped } from '../../customer/model/model.ts';
import { households } from '@cinch/demo-population/households';
import { describe, expect, test } from 'vitest';
import type { CustomerKind } from '../../customer/attributes.ts';
import type { ComparedRecord } from '../cluster.ts';
import { evidenceOf, type Said } from '../evidence.ts';
import { linkAll } from '../link-all.ts';
import type { MatchModel } from '../model.ts';
import { Scorer } from '../score.ts';
import { shippedModel } from '../shipped-model.ts';
import { validateMatchModel } from '../validate-model.ts';
import { drawsOf } from './draws.ts';
import { trainAll } from './train-all.ts';
import type { Trained } from './training.ts';

interface Row {
  name: string;
  kind: CustomerKind;
  said: Said;
  truth: number;
}

function compared(rows: readonly Row[], model: MatchModel): { records: ComparedRecord[]; scorer: Scorer } {
  const scorer = new Scorer(model);
  const records = rows.map(({ name, kind, said }, recordId) => {
    return {
      recordId,
      name,
      features: scorer.features.of(evidenceOf(kind, said, 'crm', modelAsShipped)),
      follows: null,
    };
  });
  return { records, scorer };
}

function trainedOn(rows: readonly Row[], seed = 7, model = shippedModel): Trained {
  const { records, scorer } = compared(rows, model);
  return trainAll(records, { model, scorer }, seed);
}

function f1(rows: readonly Row[], model: MatchModel): number {
  const { records, scorer } = compared(rows, model);
  const { clusters } = linkAll(records, { links: [], separations: [] }, { scorer, model });
  const pairs = (sizes: number[]) => sizes.reduce((sum, size) => sum + (size * (size - 1)) / 2, 0);
  const right = clusters.flatMap((ids) => [...Map.groupBy(ids, (id) => rows[id]!.truth).values()]);
  const truth = [...Map.groupBy(rows, (row) => row.truth).values()];
  const [found, all, hit] = [clusters, truth, right].map((groups) => pairs(groups.map(({ length }) => length)));
  return (2 * hit!) / (found! + all!);
}

const household = (people: number): Row[] =>
  households({ seed: 16, people }).map(({ system, key, of, said }) => {
    return { name: `${system}|${key}`, kind: of.kind, said, truth: of.truth };
  });

/**
 * Two records of each; in a share of them exactly one thing differs. Where it does in all, full likeness of one field speaks against full
 * likeness of another.
 */
function twice(people: number, share: number): Row[] {
  const draw = drawsOf(3);
  const below = (limit: number) => Math.floor(draw() * limit);
  const word = (length: number) => Array.from({ length }, () => 'bdfgklmnprstvaeiou'[below(18)]).join('');
  const [given, families] = [400, 800].map((count) => Array.from({ length: count }, () => word(7))) as [string[], string[]]; // prettier-ignore
  return Array.from({ length: people }, (_, truth) => {
    const person = {
      given: given[below(400)]!,
      family: families[below(800)]!,
      date: `${1940 + below(60)}-0${1 + below(9)}-${10 + below(18)}`,
      email: `${word(9)}@mail.example`,
    };
    const wrong = {
      ...person,
      ...(draw() < share && { [(['given', 'family', 'date', 'email'] as const)[truth % 4]!]: '' }),
    };
    if (wrong.given === '') wrong.given = given[below(400)]!;
    if (wrong.family === '') wrong.family = families[below(800)]!;
    if (wrong.date === '') wrong.date = `19${30 + below(60)}-0${1 + below(9)}-${10 + below(18)}`;
    if (wrong.email === '') wrong.email = `${word(9)}@mail.example`;
    return [person, wrong].map(({ given, family, date, email }, at): Row => {
      const said: Said = { name: [{ given, family }], birthDate: [date], 'email.primary': [email] };
      return { name: `crm|${truth}-${at}`, kind: 'person', said, truth };
    });
  }).flat();
}

describe('weights that are learned without a label', () => {
  const rows = twice(260, 0.3);
  const trained = trainedOn(rows);
  const person = trained.kinds.find(({ kind }) => kind === 'person')!;

  test('are the same for the same seed, whatever order the records came in', () => {
    const other = trainedOn([...rows].reverse());
    expect(other.model).toEqual(trained.model);
    expect(other.kinds).toEqual(trained.kinds);
    expect(person.kept).toBeNull();
  });

  test('make a model that may be published, and rise from level to level', () => {
    expect(validateMatchModel(trained.model)).toMatchObject({ ok: true });
    for (const weights of Map.groupBy(person.weights, ({ field }) => field).values()) {
      if (weights.every(({ before, after }) => before[0] === after[0])) continue;
      const bits = weights.map(({ after }) => after[0]);
      expect(bits).toEqual([...bits].sort((a, b) => a - b));
    }
  });

  test('never make a difference speak less against than it did', () => {
    const differences = person.weights.filter(({ level }) => level === 'different');
    expect(differences.filter(({ before, after }) => after[0] > before[0] + 0.6)).toEqual([]);
  });

  test('stay as they were where there are too few records, or none that tell of a field', () => {
    const few = trainedOn(household(60));
    expect(few.model).toEqual(shippedModel);
    expect(few.kinds.map(({ kept }) => kept)).toEqual(['fewRecords', 'fewRecords']);
    const untold = person.weights.filter(({ field }) => field === 'identifier');
    expect(untold.map(({ after }) => after)).toEqual(untold.map(({ before }) => before));
  });

  test('stay as they were where nobody is in the list twice', () => {
    const once = [...new Map(twice(520, 1).map((row) => [row.truth, row])).values()];
    const [kind] = trainedOn(once).kinds;
    expect(kind).toMatchObject({ kind: 'person', kept: 'fewMatches' });
  });

  test('do no harm where each duplicate has exactly one error', () => {
    const odd = twice(260, 1);
    const { model } = trainedOn(odd);
    expect(f1(odd, model)).toBeGreaterThanOrEqual(f1(odd, shippedModel) - 0.002);
    const { same, different } = model.person.levels['given']!;
    expect(same![0]).toBeGreaterThan(different![0]);
  });
});
