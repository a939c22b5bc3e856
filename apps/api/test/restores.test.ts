import { holdPage, ownRecord, type BatchAccepted } from '@cinch/api-contract';
import { afterAll, beforeAll, expect, inject, it } from 'vitest';
import type {} from '../../../scripts/test-postgres.ts';
import { Ingest } from '../src/pipeline/ingest.ts';
import { Rederive } from '../src/pipeline/rederive.ts';
import { Random } from './histories/random.ts';
import { aMapping, ListeningHub } from './listening-hub.ts';

/** RESTORES=200 (`npm run restores`) lives so many histories, RESTORES_SEED repeats them; a few in `npm test`. */
const asked = process.env['RESTORES'];
const histories = Number(asked ?? 2);
const seed = Number(process.env['RESTORES_SEED'] ?? (asked ? Math.floor(Math.random() * 1_000_000) : 7));
const minuteMs = 60_000;

const mapping = (system: string) => ({
  ...aMapping(system),
  version: { path: 'rev' },
  changedAt: { path: 'changed', steps: [{ step: 'isoInstant' }] },
  attributes: [...aMapping(system).attributes, { attribute: 'points', path: 'points' }],
});

interface Row {
  rev: number;
  at: number;
  given: string;
  /** Sales that are in it: each adds a power of two, so that a total tells which. */
  points: number;
}

interface Message {
  path: 'records' | 'events';
  body: object[];
}

/** A system with some rows. Its messages arrive late, twice and in any order, and once it is set back without a word. */
class Shop {
  readonly rows = new Map<string, Row>();
  /** Rows that were told of since the restore. */
  readonly touched = new Set<string>();
  restore: { keys: string[]; setBackTo: number; restoredAt: number } | null = null;
  private readonly kept: { at: number; rows: Map<string, Row> }[] = [];
  private readonly sales = new Map<string, number>();
  private underWay: Message[] = [];
  private now = Date.parse('2026-03-01T08:00:00Z');
  private events = 0;

  constructor(
    private readonly random: Random,
    private readonly send: (message: Message) => Promise<void>,
  ) {}

  async live(): Promise<void> {
    for (const key of ['a', 'b', 'c']) this.change(key, { given: 'First' });
    await this.arrive(Infinity);
    const restoreAt = 6 + this.random.below(8);
    for (let step = 0; step < restoreAt + 4 + this.random.below(10); step += 1) {
      if (step === restoreAt) this.setBack();
      else this.act(step);
      await this.arrive(this.random.below(3));
    }
    await this.arrive(Infinity);
  }

  private act(step: number): void {
    const key = this.random.pick([...this.rows.keys()]);
    // Only so many sales of one row can be told from each other.
    if (this.random.chance(0.5) && (this.sales.get(key) ?? 0) < 20) this.sell(key);
    else this.change(key, { given: `Name ${step} ${this.random.below(1_000)}` });
  }

  private tick(): void {
    this.kept.push({ at: this.now, rows: new Map(this.rows) });
    this.now += (1 + this.random.below(20)) * minuteMs;
  }

  private change(key: string, changes: Partial<Row>): void {
    this.tick();
    const before = this.rows.get(key) ?? { rev: 0, at: 0, given: '', points: 0 };
    const row = { ...before, ...changes, rev: before.rev + 1, at: this.now };
    this.rows.set(key, row);
    this.touched.add(key);
    const data = { id: key, given: row.given, family: 'Oak', points: row.points, rev: row.rev, changed: iso(row.at) };
    this.underWay.push({ path: 'records', body: [{ id: key, data }] });
  }

  private sell(key: string): void {
    this.tick();
    const nth = this.sales.get(key) ?? 0;
    this.sales.set(key, nth + 1);
    const before = this.rows.get(key)!;
    const row = { ...before, rev: before.rev + 1, at: this.now, points: before.points + 2 ** nth };
    this.rows.set(key, row);
    this.touched.add(key);
    this.events += 1;
    const event = { specversion: '1.0', type: 'customer.incremented', source: '/shop', id: `sale ${this.events}` };
    const told = { subject: key, rowversion: row.rev, time: iso(row.at), data: { points: 2 ** nth } };
    this.underWay.push({ path: 'events', body: [{ ...event, ...told }] });
  }

  /** One row, or all of them, are what they were at an earlier instant, versions and all. Nobody is told. */
  private setBack(): void {
    this.tick();
    // Putting a backup back takes a while.
    this.now += 10 * minuteMs;
    const { at, rows } = this.random.pick(this.kept.slice(3));
    const keys = this.random.chance(0.5) ? [...this.rows.keys()] : [this.random.pick([...this.rows.keys()])];
    for (const key of keys) this.rows.set(key, rows.get(key)!);
    this.restore = { keys, setBackTo: at, restoredAt: this.now };
    this.touched.clear();
  }

  private async arrive(count: number): Promise<void> {
    for (let left = count; left > 0 && this.underWay.length > 0; left -= 1) {
      const message = this.random.pick(this.underWay);
      if (!this.random.chance(0.2)) this.underWay = this.underWay.filter((one) => one !== message);
      await this.send(message);
    }
  }
}

const iso = (ms: number) => new Date(ms).toISOString();

/** What was met, so that nobody takes silence for proof. */
const met = { rowsTold: 0, rowsAsked: 0, rowsBelow: 0, questions: 0 };

let hub: ListeningHub;
beforeAll(async () => {
  console.log(`Restores nobody tells of: RESTORES=${histories} RESTORES_SEED=${seed}`);
  hub = await ListeningHub.open(inject('postgresUrl'), { ROLE: 'api' });
});
afterAll(() => hub?.close());

it(
  'restores that nobody tells of: no increment counts twice and no later edit is lost without a question, and the answer puts all right',
  async () => {
    for (let n = 0; n < histories; n += 1) await lives(n);
    console.log(`Of ${histories} histories: ${JSON.stringify(met)}`);
    expect(met.questions).toBeGreaterThan(0);
  },
  60_000 + histories * 10_000,
);

async function lives(n: number): Promise<void> {
  const system = `shop-${n}`;
  const key = await hub.aSystem(system, mapping(system));
  const taken = async () => {
    while (await hub.hub.app.get(Ingest).next());
  };
  const shop = new Shop(new Random(seed + n), async ({ path, body }) => {
    const answer = await hub.call('POST', `/api/v1/systems/${system}/${path}`, { token: key, body });
    expect([answer.status, answer.json<BatchAccepted>().rejected]).toEqual([202, []]);
    await taken();
  });
  await shop.live();
  const { keys, setBackTo, restoredAt } = shop.restore!;
  const open = async () =>
    holdPage
      .parse((await hub.asAdmin('GET', '/api/v1/holds?limit=200')).json())
      .holds.filter((one) => one.system === system);
  const record = async (id: string) =>
    ownRecord.parse((await hub.call('GET', `/api/v1/systems/${system}/records/${id}`, { token: key })).json());
  const held = async (id: string) => (await record(id)).holds;
  const story = (id: string) => ({ seed: seed + n, id, keys, ...shop.rows.get(id)! });

  const questions = await open();
  const isAsked = (id: string) => questions.some(({ isWhole, sourceId }) => isWhole || sourceId === id);
  for (const id of shop.touched) {
    // Of a row that is below what is known the next refresh asks.
    const isBelow = (await record(id)).version! > shop.rows.get(id)!.rev;
    met.rowsTold += 1;
    met.rowsAsked += isAsked(id) ? 1 : 0;
    met.rowsBelow += isBelow && !isAsked(id) ? 1 : 0;
    if (isBelow && !isAsked(id)) shop.touched.delete(id);
    if (isBelow || isAsked(id)) continue;
    const { given, points } = shop.rows.get(id)!;
    expect({ ...story(id), ...(await held(id)) }).toMatchObject({ given, points });
  }
  met.questions += questions.length;
  const rows = keys.length === 1 ? 'held' : 'all';
  for (const { holdId } of questions) {
    if (!(await open()).some((one) => one.holdId === holdId)) continue;
    const told = { answer: 'restored', setBackTo: iso(setBackTo), restoredAt: iso(restoredAt), rows };
    const answered = await hub.asAdmin('POST', `/api/v1/holds/${holdId}/answer`, told);
    expect(answered.status, answered.text).toBe(201);
  }
  while (await hub.hub.app.get(Rederive).next());
  await taken();
  for (const id of shop.touched) {
    const { given, points } = shop.rows.get(id)!;
    expect({ ...story(id), asked: isAsked(id), ...(await held(id)) }).toMatchObject({ given, points });
  }
  expect(await open()).toEqual([]);
}
