import { holdPage, takeBackPreview } from '@cinch/api-contract';
import { compileLens, isEquivalent, modelAsShipped } from '@cinch/canonical-model';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { compareState, inWords, type Difference } from '../../../../scripts/compare-state/compare.ts';
import { brokenMappings } from './broken-mappings.ts';
import { bugs } from './bugs.ts';
import type { Data } from './memory-system.ts';
import { codes, dayMs, minuteMs, Pair, shippedMapping, type Code } from './pair.ts';
import { Stopwatch } from './stopwatch.ts';

/**
 * Harm, `npm run harm`: mappings that are wrong in meaning, and systems with a bug in them, with the lane on and off. HARM_SIZE says how many
 * customers there are, HARM_ONLY is a pattern of
 * the names of those to look at, with their lane.
 */
const size = Number(process.env['HARM_SIZE'] ?? 60);
const only = process.env['HARM_ONLY'] ?? '';
const mostWritten = Math.max(5, Math.floor(size / 100));
const hour = 60 * minuteMs;

type Lane = 'on' | 'off';
interface Told {
  fault: string;
  lane: Lane;
  written: number;
  brakes: string[];
  isTakenBack: boolean;
  /** In seconds, by phase. */
  took: string;
}

interface Fault {
  name: string;
  system: Code;
  /** Whose users go on afterwards: what those of a buggy system do meanwhile is taken back with the rest. */
  afternoon: readonly Code[];
  happen(pair: Pair): Promise<Act>;
  /** What it makes of the rows of its own system by itself. */
  makes?: (data: Data) => Data | null;
}
/** By what one act it is taken back. */
type Act = (pair: Pair) => Promise<void>;

const told: Told[] = [];
let aged: Pair;

beforeAll(async () => {
  const watch = new Stopwatch();
  aged = await Pair.open(size);
  watch.lap('first rows');
  await aged.setLanes('on');
  for (let day = 0; day < 12; day += 1) {
    aged.pass(3 * dayMs);
    for (const code of codes) await aged.edit(code, ordinary(day, code));
  }
  watch.lap('edits of 36 days');
  for (const code of codes) await aged.refresh(code);
  await aged.hub.stop();
  watch.lap('refreshes');
  if (size > 1_000) console.log(`aged: ${watch.inWords()}`);
}, hour);
afterAll(() => show());

/** Whose rows are edited on that day: one or two of a hundred. */
function ordinary(day: number, code: Code): number[] {
  const many = Math.min(10, Math.max(1, Math.floor(size / 60)));
  return Array.from({ length: many }, (_, nth) => (day * 7 + nth * 11 + (code === 'adipose' ? 0 : 3)) % size);
}

/** What happens anyway, at the same hours, whether there is a fault or not. */
async function live(
  pair: Pair,
  afternoon: readonly Code[],
  watch: Stopwatch,
  noon: (pair: Pair) => Promise<void>,
): Promise<string[]> {
  const day = pair.now;
  for (const code of codes) await pair.edit(code, ordinary(20, code));
  watch.lap('morning');
  pair.now = day + 2 * hour;
  await noon(pair);
  watch.lap('fault');
  pair.now = day + 4 * hour;
  for (const code of afternoon) await pair.edit(code, ordinary(23, code));
  await pair.lanes();
  watch.lap('afternoon');
  const held = await heldIn(pair);
  pair.now = day + 12 * hour;
  const braked = await night(pair);
  watch.lap('night');
  pair.now = day + 13 * hour;
  return [...held, ...braked];
}

/** The night comes: both systems are refreshed by their schedules. */
async function night(pair: Pair): Promise<string[]> {
  const brakes: string[] = [];
  for (const code of codes) {
    const run = await pair.refresh(code);
    if (run === null) brakes.push(`${code} held`);
    else if (run.phase === 'planned')
      brakes.push(...run.brake.map((one) => `${code}: ${one.code} ${one.attribute ?? ''}`));
    else if (run.phase === 'failed') brakes.push(`${code} failed`);
  }
  return brakes;
}

async function settle(pair: Pair): Promise<void> {
  await pair.cancelPlanned();
  for (const code of codes) await pair.asAdmin('PUT', `/api/v1/systems/${code}/lane`, { lane: 'off' });
  for (const code of [...codes, ...codes]) await pair.refresh(code, 'let it go on');
}

async function publish(pair: Pair, system: Code, document: object): Promise<void> {
  const put = (count?: number) => pair.hub.asAdmin('PUT', `/api/v1/systems/${system}/mapping`, { document, count });
  let answer = await put();
  if (answer.status === 409) {
    // Whoever publishes it has not understood what was shown, and types the number.
    const [, count] = /would change (\d+) customers/.exec(answer.problem().detail) ?? [];
    answer = await put(Number(count));
  }
  if (answer.status !== 200) throw new Error(answer.text);
  await pair.workedOff();
}

const broken: Fault[] = Object.entries(brokenMappings).map(([name, { system, broken }]) => ({
  name: `mapping: ${name}`,
  system,
  afternoon: codes,
  async happen(pair) {
    await publish(pair, system, broken(shippedMapping(system)));
    return (pair) => publish(pair, system, shippedMapping(system));
  },
}));

const buggy: Fault[] = Object.entries(bugs).map(([name, { system, bug }], place) => ({
  name: `system: ${name}`,
  system,
  makes: bug,
  afternoon: codes.filter((code) => code !== system),
  async happen(pair) {
    const from = pair.now;
    const own = pair.systems[system];
    const isPushed = pair.laneIs === 'on';
    const rows = own.all();
    const changed: { key: string; data: Data }[] = [];
    for (const { key, data } of rows) {
      const made = bug(data);
      if (made === null) await pair.remove(system, key, isPushed);
      else changed.push(own.change(key, made));
    }
    const at = Math.max(1, Math.floor(size / 60));
    if (isPushed)
      for (let done = 0; done < changed.length; done += at) {
        pair.pass(1_000);
        await pair.push(system, changed.slice(done, done + at));
        await pair.lanes();
      }
    else if (place % 2 === 0) await pair.load(system);
    return async (pair) => {
      await takeBack(pair, system, from, pair.now);
      // What is gone there the hub makes no second time: whoever runs the system puts it back.
      for (const row of rows) if (!own.find(row.key)) own.putBack(row);
    };
  },
}));

async function takeBack(pair: Pair, system: Code, from: number, to: number): Promise<void> {
  const { holds } = holdPage.parse((await pair.asAdmin('GET', '/api/v1/holds')).json());
  const [hold] = holds;
  if (hold?.reason === 'changed-much') {
    await pair.asAdmin('POST', `/api/v1/holds/${hold.holdId}/answer`, { answer: 'thrown-back', alsoPassed: true });
  } else {
    const what = { from: new Date(from).toISOString(), to: new Date(to).toISOString() };
    const { entries } = takeBackPreview.parse(
      (await pair.asAdmin('POST', `/api/v1/systems/${system}/take-backs/preview`, { what })).json(),
    );
    if (entries > 0)
      await pair.asAdmin('POST', `/api/v1/systems/${system}/take-backs`, { what, entries, reason: 'a bug' });
  }
  await pair.workedOff();
}

type Rows = Record<Code, Map<string, Data>>;

function rowsOf(pair: Pair): Rows {
  const of = (code: Code) => new Map(pair.systems[code].all().map(({ key, data }) => [key, data]));
  return { adipose: of('adipose'), bellyfat: of('bellyfat') };
}

const lensOf = (code: Code) => compileLens(shippedMapping(code), 1, modelAsShipped);
const lenses = { adipose: lensOf('adipose'), bellyfat: lensOf('bellyfat') };
/** By all that the mapping names: what the hub cannot say it cannot put back. */
function isSame(code: Code, one: Data | undefined, other: Data | undefined): boolean {
  return one === other || (one !== undefined && other !== undefined && isEquivalent(lenses[code], one, other));
}

/**
 * Rows that the hub wrote otherwise than it would have, by their names. What it would have written only once somebody had let it go on is right as
 * well: among many customers a day's edits are a twentieth too many for one brake or the other. What the fault made of a row of its own
 * system the hub has not written: an edit that it brought there is right in what it brought.
 */
function harmed(pair: Pair, { system, makes }: Fault, { rows, settled }: { rows: Rows; settled: Rows }): string[] {
  const now = rowsOf(pair);
  const isRight = (code: Code, key: string) =>
    [rows, settled].some(({ [code]: right }) => {
      const row = right.get(key);
      const broken = row && code === system && makes ? makes(row) : null;
      return [row, ...(broken ? [broken] : [])].some((one) => isSame(code, now[code].get(key), one));
    });
  return codes.flatMap((code) =>
    [...pair.systems[code].written].filter((key) => !isRight(code, key)).map((key) => `${code} ${key}`),
  );
}

for (const lane of ['on', 'off'] as const) {
  /** Where no fault was, by whose users went on in the afternoon. */
  const never = new Map<string, { pair: Pair; rows: Rows; settled: Rows }>();
  const open = async () => {
    const pair = await aged.copy();
    await pair.setLanes(lane);
    pair.pass(dayMs);
    return pair;
  };
  const neverIn = async (afternoon: readonly Code[]) => {
    const before = never.get(String(afternoon));
    if (before) return before;
    const watch = new Stopwatch();
    const pair = await open();
    watch.lap('copy');
    await live(pair, afternoon, watch, async () => undefined);
    const rows = rowsOf(pair);
    await settle(pair);
    watch.lap('settling');
    if (size > 1_000) console.log(`without a fault: ${watch.inWords()}`);
    const known = { pair, rows, settled: rowsOf(pair) };
    never.set(String(afternoon), known);
    return known;
  };

  for (const fault of [...broken, ...buggy].filter((one) => new RegExp(only).test(`${one.name}, lane ${lane}`))) {
    const { name, system, afternoon, happen } = fault;
    it(`${name}, lane ${lane}`, { timeout: hour }, async () => {
      const right = await neverIn(afternoon);
      const watch = new Stopwatch();
      const pair = await open();
      watch.lap('copy');
      try {
        let act!: Act;
        const brakes = await live(pair, afternoon, watch, async () => {
          pair.forgetWritten();
          act = await happen(pair);
        });
        const written = harmed(pair, fault, right);
        await act(pair);
        watch.lap('taking back');
        await settle(pair);
        watch.lap('settling');
        const differences = await differ(right.pair, pair, system, new Set(written));
        watch.lap('comparing');
        const isTakenBack = differences.length === 0;
        const counts = { written: written.length, isTakenBack };
        const found: Told = { fault: name, lane, ...counts, brakes, took: watch.inWords() };
        told.push(found);
        // All faults among many customers take hours: each is told of at once.
        if (size > 1_000) console.log([lineOf(found), ...differences.slice(0, 12)].join('\n'));
        expect(differences.slice(0, 12)).toEqual([]);
        expect(written.length).toBeLessThanOrEqual(mostWritten);
      } finally {
        await pair.close();
      }
    });
  }
  afterAll(async () => {
    for (const { pair } of never.values()) await pair.close();
  });
}

const without = [
  'timelines',
  'batches',
  'loads',
  'history',
  'decisions',
  'errors',
  'refreshes',
  'deliveries',
  'views to deliver',
];

async function heldIn(pair: Pair): Promise<string[]> {
  const { holds } = holdPage.parse((await pair.asAdmin('GET', '/api/v1/holds')).json());
  const lanes = await pair.query<{ code: string }>('select code from system where lane_braked is not null');
  return [...holds.map((one) => `held ${one.rows}`), ...lanes.map(({ code }) => `${code} lane`)];
}

/** How often a row was written is no part of what it says, nor therefore at which version its users edited it after the hub had written it. */
const isOfVersions = /\.position$/;
const isOfWrites = /\.(head_version|whole_version|head_position|headAt|delivered\.[^ ]+\.(position|at))$/;

/** A row that was made is there until somebody ends it, and an account of its customer: of its values there are more, with the same result. */
const isOfSources = /\.(doc|attributes\.[^ ]+\.(from|losers|at|flip)[^ ]*)$/;

/** Names of records that the hub made and would not have made. */
async function madeSince(right: Pair, pair: Pair): Promise<Set<string>> {
  const made = (one: Pair) =>
    one.query<{ name: string }>(
      `select s.code || ' ' || r.source_key as name from source_record r join system s using (system_id) where r.origin = 'hub'`,
    );
  const [before, now] = [await made(right), await made(pair)];
  const known = new Set(before.map(({ name }) => name));
  return new Set(now.map(({ name }) => name).filter((name) => !known.has(name)));
}

async function differ(right: Pair, pair: Pair, system: Code, harmed: ReadonlySet<string>): Promise<string[]> {
  const { differences } = await compareState(right.hub.databaseUrl, pair.hub.databaseUrl, {
    without,
    isLeftOut: (section, name) => section === 'records' && name.startsWith(system),
    most: 100_000,
  });
  const [left, now] = [rowsOf(right), rowsOf(pair)];
  const rows = codes
    .filter((code) => code !== system)
    .flatMap((code) => [...left[code]].filter(([key, row]) => !isSame(code, now[code].get(key), row)))
    .map(([key]) => `row ${key}`);
  const surplus = await madeSince(right, pair);
  const isSurplus = ({ section, name, path }: Difference) =>
    surplus.has(name) || (section === 'customers' && surplus.size > 0 && isOfSources.test(path));
  const isOfHub = ({ name, path }: Difference) =>
    isOfWrites.test(path) || (harmed.has(name) && isOfVersions.test(path));
  const found = differences.filter((one) => !isOfHub(one) && !isSurplus(one));
  return [...rows, ...found.map(inWords)];
}

const header = ['fault', 'lane', 'rows', 'equal', 'brakes', 'seconds'].join(' | ');
const lineOf = ({ fault, lane, written, brakes, isTakenBack, took }: Told) =>
  [
    fault.padEnd(40),
    lane.padEnd(3),
    String(written).padEnd(3),
    isTakenBack ? 'yes' : 'NO ',
    brakes.join('; '),
    took,
  ].join(' | ');

function show(): void {
  console.log([`${size} customers`, header, ...told.map(lineOf)].join('\n'));
}
