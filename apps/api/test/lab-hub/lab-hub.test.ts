import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, expect, inject, it, vi } from 'vitest';
import type {} from '../../../../scripts/test-postgres.ts';
import { allFields, canonicalJson, modelAsShipped, shippedRules, type Fields } from '@cinch/canonical-model';
import { pairOf, playOn, Stage, arms, usualRates, workloadOf, type Setting } from '@cinch/lab';
import type { AdapterRow } from '@cinch/system-adapter/protocol';
import { House, systemCodes } from '../histories/house.ts';

// The lab's hub and the real one, given the same things that people meant, leave the same values in both systems.

const runs = Number(process.env['LAB_HUB_RUNS'] ?? 20);
const customers = 3;
/** So many runs tell their news at once: five changed values always pass the brake of a system’s news. */
const atOnce = 5;

const document = (code: string) =>
  JSON.parse(readFileSync(new URL(`../../src/demo/mappings/${code}.json`, import.meta.url), 'utf8')) as unknown;
const pair = pairOf({
  documents: [document('adipose'), document('bellyfat')],
  models: 'misaligned',
  rules: shippedRules,
  model: modelAsShipped,
});

const settings = Array.from({ length: runs }, (_, index): Setting => ({
  seed: 1_000 + index,
  customers,
  days: 30,
  models: 'misaligned',
  delivery: 'perfect',
  refreshDays: 1,
  faultFrom: null,
  versionFrom: null,
  rates: { ...usualRates, edits: 36, creates: 0, deletes: 0, merges: 0, simultaneous: 0 },
}));
/** Who is who is given in the lab. The hub asks who somebody is whose name is another one, so nobody’s is. */
const names = ['name', 'birthDate'];
const logs = settings.map((setting) => {
  const { start, entries } = workloadOf(pair, setting);
  return { start, entries: entries.filter((entry) => entry.act !== 'edit' || !names.includes(entry.attribute)) };
});

let house: House;
/** Keys of the customers of each run, in each system. */
const keys = settings.map(() => [[], []] as [string[], string[]]);

beforeAll(async () => {
  vi.useFakeTimers({ toFake: ['Date'], now: Date.parse('2026-03-01T12:00:00Z') });
  house = await House.open(inject('postgresUrl'));
  await found();
  await liveThrough();
}, 600_000);
afterAll(async () => {
  vi.useRealTimers();
  await house?.close();
}, 60_000);

const pass = (ms: number) => vi.setSystemTime(Date.now() + ms);

/** Both systems hold what is true at the start, as they write it; and the hub has heard of it. */
async function found(): Promise<void> {
  for (const [side, code] of systemCodes.entries()) {
    const lens = pair.lenses[side]!;
    for (const [run, log] of logs.entries()) {
      for (const { customer, kind, values } of log.start) {
        const wanted: Fields = {};
        for (const attribute of lens.attributes) {
          const written = attribute in values ? lens.write(attribute, kind, values[attribute]!) : null;
          if (written?.kind === 'written') Object.assign(wanted, written.fields);
        }
        const before = new Set((await house.rows(code)).map(({ key }) => key));
        await house.make(code, [
          {
            deliveryId: `00000000-0000-4000-8000-${String((side + 1) * 100_000 + run * 100 + customer).padStart(12, '0')}`,
            key: null,
            ifMatch: null,
            fields: lens.patch(kind, null, wanted),
          },
        ]);
        const made = (await house.rows(code)).find(({ key }) => !before.has(key))!;
        keys[run]![side as 0 | 1][customer] = made.key;
      }
    }
    pass(60_000);
    await house.push(code, await house.takeEvents(code));
    await house.drained();
  }
  await uniteAll();
  await settle();
}

/** In the lab it is given who is who: what the hub did not link by itself a steward merges. */
async function uniteAll(): Promise<void> {
  const rows = await house.query<{ code: string; key: string; id: string }>(
    `select s.code, r.source_key as key, c.public_id as id from source_record r join system s using (system_id)
     join customer c on c.customer_id = r.customer_id`,
  );
  const idOf = (code: string, key: string) => rows.find((row) => row.code === code && row.key === key)!.id;
  for (const [adipose, bellyfat] of keys) {
    for (const [customer, key] of adipose.entries()) {
      const [one, other] = [idOf('adipose', key), idOf('bellyfat', bellyfat[customer]!)];
      if (one === other) continue;
      const merged = await house.asAdmin('POST', `/customers/${one}/merge`, { with: other, reason: 'They are one' });
      expect({ status: merged.status, text: merged.status < 300 ? '' : merged.text }).toEqual({
        status: 201,
        text: '',
      });
    }
  }
  await house.drained();
}

/** Each run’s next word, all runs in turn; what the systems tell of it, every fourth time nothing; and a refresh of both. */
async function liveThrough(): Promise<void> {
  const most = Math.max(...logs.map(({ entries }) => entries.length));
  for (let step = 0; step < most; step += 1) {
    for (let from = 0; from < runs; from += atOnce) {
      for (let run = from; run < Math.min(runs, from + atOnce); run += 1) await say(run, step);
      pass(60 * 60_000);
      for (const code of systemCodes) {
        const events = await house.takeEvents(code);
        await house.push(
          code,
          events.filter((_, place) => (step + place) % 4 !== 3),
        );
      }
      await house.drained();
    }
    await settle();
  }
}

async function say(run: number, step: number): Promise<void> {
  const entry = logs[run]!.entries[step];
  if (!entry) return;
  pass(2_000);
  const code = systemCodes[entry.where]!;
  const key = keys[run]![entry.where][entry.customer]!;
  if (entry.act === 'increment') return house.book(key, { cents: 0, points: entry.by, eventId: `run-${run}-${step}` });
  if (entry.act !== 'edit') throw new Error(`A small run has no ${entry.act}.`);
  const row = (await house.rows(code)).find((one) => one.key === key)!;
  const lens = pair.lenses[entry.where];
  const reading = lens.read(row.data);
  const written = lens.write(entry.attribute, reading.kind, entry.value);
  if (written.kind !== 'written') throw new Error(`${code} cannot say ${entry.attribute}.`);
  const fields = lens.patch(reading.kind, allFields(reading.attributes), written.fields);
  if (Object.keys(fields).length > 0)
    expect({ run, step, taken: await house.edit(code, key, fields) }).toMatchObject({ taken: true });
}

async function settle(): Promise<void> {
  for (const code of [...systemCodes, systemCodes[0]]) {
    pass(60_000);
    const { phase, closing } = await house.refresh(code);
    expect({ code, phase, closing }).toMatchObject({
      phase: 'closed',
      closing: expect.stringMatching(/^equal as of /),
    });
  }
}

it(`${runs} small runs end with the same values in the real hub's systems and in the lab's`, async () => {
  const rows = new Map<string, AdapterRow>();
  for (const code of systemCodes) for (const row of await house.rows(code)) rows.set(`${code} ${row.key}`, row);
  const different: unknown[] = [];
  let compared = 0;
  for (const [run, setting] of settings.entries()) {
    const stage = new Stage(pair, setting, 'hub');
    playOn(stage, logs[run]!, 'hub', arms.hub.make);
    for (const [side, code] of systemCodes.entries()) {
      const lens = pair.lenses[side]!;
      for (let customer = 0; customer < customers; customer += 1) {
        const real = lens.read(rows.get(`${code} ${keys[run]![side as 0 | 1][customer]}`)!.data);
        for (const [attribute, fields] of Object.entries(stage.sites[side]!.rows[customer]!.fields)) {
          // Adipose counts spend and the last purchase itself when it books points: that is its own, and goes nowhere else.
          if (attribute === 'lifetimeSpend' || attribute === 'lastTransaction') continue;
          compared += 1;
          const held = real.attributes[attribute]?.fields;
          if (canonicalJson(held) !== canonicalJson(fields))
            different.push({ run, code, customer, attribute, held, fields });
        }
      }
    }
  }
  expect(compared).toBeGreaterThan(runs * customers * 14);
  const holds = await house.query('select * from hold');
  expect({ different, holds }).toEqual({ different: [], holds: [] });
});
