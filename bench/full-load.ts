import { mulberry32 } from '../scripts/mulberry32.ts';
import { House } from './house.ts';
import { bodiesOf, pushAll } from './pushers.ts';
import type { Result } from './result.ts';
import { mustBeOld, toldRecords, type Telling, type ToldRecord } from './told-records.ts';

const count = Number(process.env.RECORDS ?? 100_000);
const gone = 500;
const code = 'adipose';

/** A full load without some of the records that the hub has, while events tell of those, of others, and of new ones. */
export async function benchLoad(): Promise<Result> {
  // All that is told lies within half a minute of the load's instant, and so in the past: no clock has to be waited for.
  const asOf = Math.floor(Date.now() / 1000) * 1000 - 60_000;
  const records = toldRecords(count, gone, asOf);
  const house = await House.open();
  try {
    const known = records.filter(({ firstAt }) => firstAt !== null);
    await pushAll(house, bodiesOf(known.map(rowOf)));
    await house.drained();
    const { beforeOpening, during, afterLast, afterComplete } = sharedOut(records);

    await tell(house, beforeOpening);
    const loadId = await house.openLoad(code, new Date(asOf).toISOString());
    const shown = records.filter(({ isShown }) => isShown);
    const bodies = [...bodiesOf(shown.map(rowOf))];
    for (const [index, { bytes }] of bodies.entries()) {
      // What takes two tellings is told before the last lines, which go after everything urgent: the sweep cannot come between.
      const upTo = Math.ceil((during.length * (index + 1)) / Math.max(1, bodies.length - 1));
      const from = Math.ceil((during.length * index) / Math.max(1, bodies.length - 1));
      await Promise.all([house.push(code, bytes, loadId), tell(house, during.slice(from, upTo))]);
    }
    await tell(house, afterLast);
    const completed = house.completeLoad(code, loadId, shown.length);
    await tell(house, afterComplete);
    const { state, flagged } = await completed;
    await house.drained();

    const old = await oldKeys(house);
    const must = new Set(records.filter((record) => mustBeOld(record, asOf)).map(({ key }) => key));
    const wrongly = [...old].filter((key) => !must.has(key));
    const missed = [...must].filter((key) => !old.has(key));
    const told = beforeOpening.length + during.length + afterLast.length + afterComplete.length;
    console.log(
      `   the load is ${state}: it showed ${shown.length} of ${known.length} records and flagged ${flagged}; ${told} tellings meanwhile; ` +
        `by the rules ${must.size} are old, the hub lists ${old.size}`,
    );
    const plotOf = new Map(records.map((record) => [record.key, `${kindOf(record)}: ${record.plot}`]));
    for (const key of wrongly)
      console.log(`   ${key} is flagged and must not be (${plotOf.get(key) ?? 'never pushed'})`);
    for (const key of missed) console.log(`   ${key} is not flagged and must be (${plotOf.get(key)})`);
    return {
      name: 'load',
      bars: [
        { what: 'records flagged that must not be', bar: 0, seen: wrongly.length, better: 'less' },
        { what: 'records not flagged that must be', bar: 0, seen: missed.length, better: 'less' },
      ],
      figures: {
        count,
        gone,
        state,
        flagged,
        told,
        mustBeOld: must.size,
        listedAsOld: old.size,
        plots: plotsOf(records, asOf),
      },
    };
  } finally {
    await house.close();
  }
}

interface Told {
  record: ToldRecord;
  telling: Telling;
}

/** What is told, shared out over the load and in any order, where the rules say that the order does not matter. */
function sharedOut(records: readonly ToldRecord[]) {
  const draw = mulberry32(31);
  const shares = {
    beforeOpening: [] as Told[],
    during: [] as Told[],
    afterLast: [] as Told[],
    afterComplete: [] as Told[],
  };
  for (const record of records) {
    const isOneEvent = record.firstAt !== null && record.tellings.length === 1 && record.tellings[0]!.form === 'event';
    for (const telling of record.tellings) {
      const when = draw();
      const late = when < 0.7 ? shares.during : when < 0.85 ? shares.afterLast : shares.afterComplete;
      const share = when < 0.2 ? shares.beforeOpening : isOneEvent ? late : shares.during;
      share.splice(Math.floor(draw() * (share.length + 1)), 0, { record, telling });
    }
  }
  return shares;
}

/** In bodies of any size, one after the other. */
async function tell(house: House, all: readonly Told[]): Promise<void> {
  for (let from = 0, size = 1; from < all.length; from += size, size = 1 + ((size * 7) % 23)) {
    const body = all.slice(from, from + size);
    const events = body.filter(({ telling }) => telling.form === 'event').map(eventOf);
    const rows = body.filter(({ telling }) => telling.form === 'row').map(lineOf);
    if (events.length > 0) await house.system(code, 'POST', `/systems/${code}/events`, events);
    if (rows.length > 0) await house.system(code, 'POST', `/systems/${code}/records`, rows);
  }
}

function rowOf({ key, data }: ToldRecord) {
  return { system: code, key, truth: 0, data } as const;
}

function lineOf({ record: { key, data }, telling: { at, version } }: Told) {
  return {
    id: key,
    version,
    changedAt: new Date(at).toISOString(),
    data: { ...data, ver: version, city: 'ELSEWHERE' },
  };
}

function eventOf({ record: { key, data }, telling: { act, at, version } }: Told) {
  const envelope = { specversion: '1.0', source: `/${code}`, subject: key, id: `${key} ${act} ${at}` };
  const when = { time: new Date(at).toISOString(), ...(version !== null && { rowversion: version }) };
  switch (act) {
    case 'whole':
      return { ...envelope, ...when, type: 'customer.changed', data: { ...data, ver: version, city: 'ELSEWHERE' } };
    case 'patch':
      return { ...envelope, ...when, type: 'customer.patched', data: { city: 'THIRD PLACE' } };
    case 'increment':
      return { ...envelope, ...when, type: 'customer.incremented', data: { loyalty_pts: 5 } };
    case 'delete':
      return { ...envelope, ...when, type: 'customer.deleted' };
  }
}

async function oldKeys(house: House): Promise<Set<string>> {
  interface Page {
    records: { sourceId: string }[];
    nextCursor: string | null;
  }
  const keys = new Set<string>();
  for (let cursor: string | null = ''; cursor !== null;) {
    const after: string = cursor === '' ? '' : `&cursor=${cursor}`;
    const page: Page = await house.admin('GET', `/records?state=old&system=${code}&limit=200${after}`);
    for (const { sourceId } of page.records) keys.add(sourceId);
    cursor = page.nextCursor;
  }
  return keys;
}

function kindOf({ firstAt, isShown }: ToldRecord): string {
  return firstAt === null ? 'new' : isShown ? 'shown' : 'gone';
}

/** How many of each kind and plot there were, and how many of them had to be flagged. */
function plotsOf(records: readonly ToldRecord[], asOf: number): Record<string, { records: number; old: number }> {
  const plots: Record<string, { records: number; old: number }> = {};
  for (const record of records) {
    const plot = (plots[`${kindOf(record)}: ${record.plot}`] ??= { records: 0, old: 0 });
    plot.records += 1;
    if (mustBeOld(record, asOf)) plot.old += 1;
  }
  return plots;
}
