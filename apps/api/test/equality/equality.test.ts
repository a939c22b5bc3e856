import { isEquivalent, type Json, type Lens } from '@cinch/canonical-model';
import { afterAll, beforeAll, expect, inject, it } from 'vitest';
import type {} from '../../../../scripts/test-postgres.ts';
import { countToType } from '../../src/pipeline/brake.ts';
import { Refresh } from '../../src/pipeline/refresh.ts';
import { SystemsInForce, type SystemInForce } from '../../src/pipeline/systems-in-force.ts';
import { Database } from '../../src/platform/transaction.ts';
import { AdapterClient } from '../../src/stages/refreshes/adapter-client.ts';
import { RunsStore } from '../../src/stages/refreshes/runs.store.ts';
import { Random } from '../histories/random.ts';
import { WalkingHub } from '../walking-hub.ts';
import { nativeRewrites } from './native-rewrites.ts';
import type { Rewrites, Row } from './rewrites.ts';
import { addCsv, dropChecks, plantIn, type Plant } from './targets.ts';

/**
 * Mutation of equality, `npm run equality`: rows of real systems are rewritten behind their backs, and the hub must call equal what the
 * projection calls equal and nothing else. EQUALITY_ROWS says how many of each, EQUALITY_SEED repeats a failure.
 */
const rows = Number(process.env['EQUALITY_ROWS'] ?? 10_000);
const seed = Number(process.env['EQUALITY_SEED'] ?? 20_261_201);
/** Of the rows, so many become of another kind, which both reference systems let nobody turn back. */
const stubbornShare = 0.006;
const hour = 60 * 60 * 1_000;
type Code = keyof typeof nativeRewrites;
const codes = Object.keys(nativeRewrites) as Code[];
const never = new AbortController().signal;

interface Figures {
  planted: number;
  right: number;
  named: number;
  notCompared: number;
  missed: number;
}

let hub: WalkingHub;
let csv: Awaited<ReturnType<typeof addCsv>>;
let plants: Record<Code, Plant>;
const random = new Random(seed);
/** How each system closes when nothing is planted. */
const atRest: Partial<Record<Code, string>> = {};
const wordOf = (closing: string) => closing.replace(/[;]? ?as of .*/, '').trim();
const isEqual = (code: Code, closing: string) => wordOf(closing) === atRest[code];

beforeAll(async () => {
  hub = await WalkingHub.open(inject('postgresUrl'), { demo: true });
  csv = await addCsv(hub);
  plants = { ...plantIn(hub), csv: csv.plant };
  await dropChecks(hub);
  for (const code of [...codes, ...codes]) await refresh(code);
  // One customer of the third system may be another one's: that waits for a person all the while.
  for (const code of codes) atRest[code] = wordOf((await refresh(code)).closing);
  console.log(`At rest: ${JSON.stringify(atRest)}`);
}, hour);
afterAll(async () => {
  await csv?.stop();
  await hub?.stop();
});

async function refresh(code: Code) {
  const { runId } = await hub.get(Refresh).start(code, 'full', 'test');
  for (;;) {
    await hub.get(Refresh).finished(runId);
    const run = (await hub.get(Database).read((tx) => hub.get(RunsStore).byId(tx, runId)))!;
    if (run.phase !== 'planned') break;
    await hub.get(Refresh).apply(runId, run.planHash!, countToType(run));
  }
  const [told] = await hub.query<{ closing: string | null; failure: string | null; counts: string }>(
    'select closing, failure, counts from refresh_run where run_id = $1',
    [runId],
  );
  if (told!.closing === null) throw new Error(`${code}: ${told!.failure}`);
  return { runId, closing: told!.closing, counts: JSON.parse(told!.counts) as Record<string, number> };
}

function systemOf(code: Code): Promise<SystemInForce> {
  return hub.get(Database).read(async (tx) => {
    const all = await hub.get(SystemsInForce).load(tx);
    return [...all.values()].find((system) => system.code === code)!;
  });
}

async function listed(code: Code): Promise<Map<string, Row>> {
  const system = await systemOf(code);
  const found = new Map<string, Row>();
  let cursor: string | null = null;
  do {
    const page = await hub.get(AdapterClient).list(system, cursor, never);
    for (const { key, data } of page.rows) found.set(key, data as Row);
    cursor = page.nextCursor;
  } while (cursor !== null);
  return found;
}

/** A file holds texts; what it lists of a column of numbers is the number, however it is written. */
function asListed(code: Code, row: Row): Row {
  const number = Number(row['points'] ?? Number.NaN);
  return code === 'csv' && Number.isFinite(number) ? { ...row, points: number } : row;
}

/** Rewrites as many rows as are there, each by one kind, so that the projection says what it should. */
function rewritten(before: ReadonlyMap<string, Row>, code: Code, lens: Lens, wanted: boolean, most: number) {
  const others = [...before.values()];
  const made = new Map<string, { kind: string; row: Row }>();
  const { equivalent, divergent, stubborn } = nativeRewrites[code];
  for (const [key, row] of random.shuffled([...before]).slice(0, most)) {
    const rewrites: Rewrites = wanted ? equivalent : random.chance(stubbornShare) ? stubborn : divergent;
    for (const kind of random.shuffled(Object.keys(rewrites)).slice(0, 4)) {
      const row2 = rewrites[kind]!(row, random, others);
      if (!row2 || isEquivalent(lens, row as Json, asListed(code, row2) as Json) !== wanted) continue;
      if (JSON.stringify(row2) === JSON.stringify(row)) continue;
      made.set(key, { kind, row: row2 });
      break;
    }
  }
  return made;
}

const plantedRows = (made: ReadonlyMap<string, { row: Row }>) =>
  new Map([...made].map(([key, { row }]): [string, Row] => [key, row]));

/** Records of which the run says that they are not equal, with the kinds by which it says so. */
async function namedBy(runId: number): Promise<Map<string, string[]>> {
  const items = await hub.query<{ key: string; kinds: string[] }>(
    `select r.source_key as key, array_agg(distinct i.kind) as kinds from refresh_item i join source_record r using (record_id)
     where i.run_id = $1 and (i.outcome = 'exception' or i.code = 'run-ended') group by 1`,
    [runId],
  );
  return new Map(items.map(({ key, kinds }) => [key, kinds]));
}

function told(title: string, figures: ReadonlyMap<string, Figures>): void {
  const lines = [...figures].map(([kind, { planted, right, named, notCompared, missed }]) =>
    [kind.padEnd(36), ...[planted, right, named, notCompared, missed].map((n) => String(n).padStart(13))].join(''),
  );
  const header = [
    'kind'.padEnd(36),
    ...['planted', 'right', 'named', 'not compared', 'missed'].map((n) => n.padStart(13)),
  ];
  console.log([`${title}, seed ${seed}`, header.join(''), ...lines].join('\n'));
}

function add(figures: Map<string, Figures>, kind: string, as: keyof Figures): void {
  const one = figures.get(kind) ?? { planted: 0, right: 0, named: 0, notCompared: 0, missed: 0 };
  figures.set(kind, { ...one, planted: one.planted + 1, [as]: one[as] + 1 });
}

const sum = (figures: ReadonlyMap<string, Figures>, of: keyof Figures) =>
  [...figures.values()].reduce((total, one) => total + one[of], 0);

/** Every system gets its share. */
function leftOf(code: Code, figures: ReadonlyMap<string, Figures>): number {
  const own = new Map([...figures].filter(([kind]) => kind.startsWith(`${code}:`)));
  const share = Math.floor(rows / codes.length) + (code === codes[0] ? rows % codes.length : 0);
  return Math.max(0, share - sum(own, 'planted'));
}

it(
  `${rows} rewrites that the projection calls equivalent are equal, and nothing is written`,
  { timeout: hour },
  async () => {
    const figures = new Map<string, Figures>();
    const faults: string[] = [];
    for (let round = 0; sum(figures, 'planted') < rows; round += 1) {
      const code = codes[round % codes.length]!;
      if (leftOf(code, figures) === 0) continue;
      const before = await listed(code);
      const { lens } = await systemOf(code);
      const made = rewritten(before, code, lens, true, leftOf(code, figures));
      await plants[code](plantedRows(made));
      const { closing, counts } = await refresh(code);
      const written = counts['create']! + counts['change']!;
      if (!isEqual(code, closing) || written > 0) faults.push(`${code}: ${closing}, ${written} written`);
      const after = await listed(code);
      for (const [key, { kind, row }] of made) {
        const isLeft = JSON.stringify(after.get(key)) === JSON.stringify(row) || written === 0;
        add(figures, `${code}: ${kind}`, isLeft ? 'right' : 'missed');
        if (!isLeft) faults.push(`${code} ${kind}: ${JSON.stringify(row)} became ${JSON.stringify(after.get(key))}`);
      }
      await plants[code](new Map([...made.keys()].map((key) => [key, before.get(key)!])));
      if (written > 0) await refresh(code);
    }
    told('Equivalent rewrites', figures);
    expect(faults.slice(0, 5)).toEqual([]);
  },
);

it(`${rows} divergences under an unchanged version are put right or named`, { timeout: hour }, async () => {
  const figures = new Map<string, Figures>();
  const faults: string[] = [];
  for (let round = 0; sum(figures, 'planted') < rows; round += 1) {
    const code = codes[round % codes.length]!;
    if (leftOf(code, figures) === 0) continue;
    const before = await listed(code);
    const { lens } = await systemOf(code);
    const made = rewritten(before, code, lens, false, leftOf(code, figures));
    await plants[code](plantedRows(made));
    const { runId, closing } = await refresh(code);
    const after = await listed(code);
    const named = await namedBy(runId);
    const left = new Map<string, Row>();
    for (const [key, { kind }] of made) {
      const [was, is] = [before.get(key)!, after.get(key)!];
      const kinds = named.get(key);
      const isRight = isEquivalent(lens, was as Json, is as Json);
      const as = isRight ? 'right' : !kinds ? 'missed' : kinds.includes('not-compared') ? 'notCompared' : 'named';
      add(figures, `${code}: ${kind}`, as);
      if (isRight) continue;
      left.set(key, { ...was, ...(code === 'bellyfat' && { revision: is['revision']! }) });
      if (as === 'missed' || isEqual(code, closing))
        faults.push(`${code} ${kind}, ${closing}: ${JSON.stringify(was)} is ${JSON.stringify(is)}`);
    }
    if (left.size > 0) await plants[code](left);
    const again = await refresh(code);
    if (!isEqual(code, again.closing)) faults.push(`${code} after round ${round}: ${again.closing}`);
  }
  told('Divergences', figures);
  expect(faults.slice(0, 5)).toEqual([]);
  const planted = sum(figures, 'planted');
  expect(sum(figures, 'right') / planted, 'put right').toBeGreaterThanOrEqual(0.99);
  expect(sum(figures, 'notCompared') / planted, 'not compared').toBeLessThanOrEqual(0.001);
});
