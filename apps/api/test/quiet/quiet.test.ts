import { holdPage, type HoldAnswer } from '@cinch/api-contract';
import type { AdapterRow } from '@cinch/system-adapter/protocol';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { codes, dayMs, minuteMs, Pair, type Code } from '../harm/pair.ts';
import { edits, keyOf } from '../harm/town.ts';
import { Random } from '../histories/random.ts';

/**
 * An ordinary year, `npm run quiet`: whatever is held or braked in it is held for nothing. QUIET_SIZE says how many customers there are,
 * QUIET_DAYS for how long, QUIET_FROM from which day of it (a campaign is on the 46th), QUIET_SEED repeats a year.
 */
const size = Number(process.env['QUIET_SIZE'] ?? 60);
const days = Number(process.env['QUIET_DAYS'] ?? 365);
const from = Number(process.env['QUIET_FROM'] ?? 0);
const seed = Number(process.env['QUIET_SEED'] ?? 20_261_201);
const hourMs = 60 * minuteMs;
const monthDays = 30;

/** So many of a hundred rows are edited in each system a day, and so many in the files of a night. */
const [editedShare, nightShare, touchedShare, campaignShare] = [0.002, 0.002, 0.1, 0.03];
/** A load of all rows each night, where they are few; of many, now and then. */
const loadEvery = size > 1_000 ? monthDays : 1;
const campaignEvery = 91;

const random = new Random(seed);
/** What was held or braked, by the month. */
const months: string[][] = [];
let pair: Pair;
let nth = 0;

beforeAll(async () => {
  pair = await Pair.open(size);
  await pair.setLanes('on');
}, hourMs);
afterAll(async () => {
  show();
  await pair?.close();
});

const anyOf = (share: number) => {
  const many = size * share;
  const count = Math.floor(many) + (random.chance(many % 1) ? 1 : 0);
  return random.shuffled(Array.from({ length: size }, (_, n) => n)).slice(0, count);
};

it(
  `an ordinary year of ${size} customers is held or braked at most once a month`,
  { timeout: 24 * hourMs },
  async () => {
    const firstDay = pair.now + dayMs;
    for (let day = from; day < from + days; day += 1) {
      if ((day - from) % monthDays === 0) months.push([]);
      pair.now = firstDay + day * dayMs;
      await workingDay();
      if (day % campaignEvery === 45) await campaign();
      pair.now = firstDay + day * dayMs + 14 * hourMs;
      await night(day);
    }
    expect(Math.max(...months.map((month) => month.length))).toBeLessThanOrEqual(1);
  },
);

/** Users edit rows one by one; now and then an answer is lost and the same is sent again, or a message comes late. */
async function workingDay(): Promise<void> {
  const late: [Code, AdapterRow][] = [];
  for (const code of random.shuffled([...codes]))
    for (const n of anyOf(editedShare)) {
      pair.pass(random.below(40) * minuteMs);
      const row = changed(code, n);
      if (random.chance(0.1)) {
        late.push([code, row]);
        continue;
      }
      await pair.push(code, [row]);
      if (random.chance(0.1)) await pair.push(code, [row]);
      await look();
    }
  pair.pass(hourMs);
  for (const [code, row] of late) await pair.push(code, [row]);
  await look();
}

function changed(code: Code, n: number): AdapterRow {
  nth += 1;
  const own = pair.systems[code];
  return own.change(keyOf[code](n), edits[code](own.find(keyOf[code](n))!.data, nth));
}

/** Consent is asked anew of many at once, or their addresses move. */
async function campaign(): Promise<void> {
  const own = pair.systems.adipose;
  const rows = anyOf(campaignShare).map((n) => {
    const { key, data } = own.find(keyOf.adipose(n))!;
    return own.change(key, { ...data, mkt_ok: data['mkt_ok'] === 'Y' ? 'N' : 'Y' });
  });
  await pair.push('adipose', rows);
  await look();
}

/** A job touches rows, a file brings what changed, a load all that there is; then both systems are refreshed, of one by a copy that lags. */
async function night(day: number): Promise<void> {
  const touched = anyOf(touchedShare).map((n) => {
    const { key, data } = pair.systems.bellyfat.find(keyOf.bellyfat(n))!;
    return pair.systems.bellyfat.change(key, data);
  });
  await pair.push('bellyfat', touched);
  const file = anyOf(nightShare).map((n) => changed('adipose', n));
  await pair.push('adipose', file);
  if (day % loadEvery === 0) await pair.load('adipose');
  await look();
  for (const code of codes) {
    pair.pass(10 * minuteMs);
    pair.systems[code].lagging = random.chance(0.2);
    const run = await pair.refresh(code);
    if (run?.phase !== 'closed')
      note(
        `${code} ${run ? run.brake.map(({ code, attribute, count }) => `${code} ${attribute ?? ''} ${count}`).join(', ') || run.phase : 'not started'}`,
      );
    if (run?.phase === 'planned') await pair.letGo(run);
    pair.systems[code].lagging = false;
    await look();
  }
}

/** Somebody looks at what is held, and lets it go on: it was nothing. */
async function look(): Promise<void> {
  await pair.lanes();
  for (const { code } of await pair.query<{ code: string }>('select code from system where lane_braked is not null')) {
    note(`lane of ${code}`);
    await pair.asAdmin('PUT', `/api/v1/systems/${code}/lane`, { lane: 'on' });
    await pair.lanes();
  }
  const { holds } = holdPage.parse((await pair.asAdmin('GET', '/api/v1/holds')).json());
  for (const { holdId, reason, question } of holds) {
    note(question);
    const answer: HoldAnswer = reason === 'restore' ? { answer: 'anew' } : { answer: 'let-in' };
    await pair.asAdmin('POST', `/api/v1/holds/${holdId}/answer`, answer);
    await pair.workedOff();
  }
}

function note(what: string): void {
  months.at(-1)!.push(`${new Date(pair.now).toISOString().slice(0, 10)} ${what}`);
}

function show(): void {
  const lines = months.map(
    (month, place) => `month ${String(place + 1).padStart(2)}: ${month.length} ${month.join('; ')}`,
  );
  console.log([`${size} customers, ${days} days, seed ${seed}`, ...lines].join('\n'));
}
