import type { RefreshRun } from '@cinch/api-contract';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import type {} from '../../../../scripts/test-postgres.ts';
import { SentHub } from './sent-hub.ts';

/** Rows of south are changed behind its back; somebody mends some of them. */
describe('repair in any size', () => {
  let hub: SentHub;
  beforeAll(async () => {
    hub = await SentHub.open(inject('postgresUrl'));
    await hub.setLane('off');
    for (const id of ['N-1', 'N-2', 'N-3']) await hub.tell('north', id);
    await hub.refresh();
  });
  afterAll(() => hub?.close());

  const refresh = async (asked: object): Promise<RefreshRun> => {
    const started = await hub.hub.asAdmin('POST', '/api/v1/refreshes', { system: 'south', mode: 'full', ...asked });
    if (started.status !== 201) throw new Error(started.text);
    await hub.steps();
    const { runId } = started.json<RefreshRun>();
    return (await hub.hub.asAdmin('GET', `/api/v1/refreshes/${runId}`)).json<RefreshRun>();
  };
  const refused = (asked: object) => hub.hub.asAdmin('POST', '/api/v1/refreshes', { system: 'south', ...asked });
  const spoil = (...fields: string[]) => {
    for (const { key } of hub.target.shown())
      hub.target.rewrite(
        key,
        Object.fromEntries(fields.map((field) => [field, field === 'phone' ? '+12025550199' : 'x@example.com'])),
      );
  };
  const spoilt = (field: string, value: string) =>
    hub.target
      .shown()
      .filter(({ data }) => (data as Record<string, unknown>)[field] === value)
      .map(({ key }) => key);
  const phones = () => spoilt('phone', '+12025550199');

  it('one record: it alone is written, and the closing word says of how many rows it speaks', async () => {
    spoil('phone');
    const [first] = hub.target.shown();
    const run = await refresh({ sourceIds: [first!.key] });
    expect(run.counts).toMatchObject({ change: 1, applied: 1, compared: 1 });
    expect(run.closing).toMatch(/^equal as of .* of 1 row asked for$/);
    expect(phones()).toHaveLength(2);
    expect(phones()).not.toContain(first!.key);
  });

  it('one customer, by the id that everybody knows', async () => {
    const [key] = phones();
    const [row] = await hub.query<{ id: string }>(
      `select c.public_id as id from source_record r join customer c using (customer_id) join system s using (system_id)
       where s.code = 'south' and r.source_key = $1`,
      [key],
    );
    expect((await refresh({ customerIds: [row!.id] })).counts).toMatchObject({ change: 1, applied: 1 });
    expect(phones()).toHaveLength(1);
  });

  it('one attribute of all: a row that drifted in it is put right whole, lest the rest become news, and others stay as they are', async () => {
    spoil('email');
    expect((await refresh({ attributes: ['phone.primary'] })).counts).toMatchObject({ change: 1, applied: 1 });
    expect(phones()).toEqual([]);
    expect(spoilt('email', 'x@example.com')).toHaveLength(2);
    expect((await refresh({})).closing).toMatch(/^equal as of .* of 3 rows$/);
    expect(spoilt('email', 'x@example.com')).toEqual([]);
    const golden = await hub.query(`select 1 from golden where attributes like '%x@example.com%'`);
    expect(golden, 'nothing of it became golden').toEqual([]);
  });

  it('what failed, again: it alone is tried', async () => {
    hub.target.written = (given) => `${String(given)}!`;
    await hub.tell('north', 'N-4');
    const failed = await refresh({});
    expect(failed.counts.parked).toBe(1);
    hub.target.written = (given) => given;
    spoil('phone');
    const again = await refresh({ failedOf: failed.runId });
    expect(again.counts.compared).toBe(1);
    expect(phones(), 'the others were not asked for').toHaveLength(3);
    expect((await refresh({})).counts.change).toBe(3);
  });

  it('what is parked is sent once more when somebody asks for it, and else by no run', async () => {
    hub.target.written = (given) => `${String(given)}!`;
    await hub.tell('north', 'N-5');
    const failed = await refresh({});
    expect(failed.counts.parked).toBe(1);
    const rows = hub.target.shown().length;
    // N-4 is parked since the run before.
    expect((await refresh({ failedOf: failed.runId })).counts, 'not asked for').toMatchObject({
      change: 0,
      applied: 0,
    });
    const refusedAgain = await refresh({ failedOf: failed.runId, resend: true });
    expect(refusedAgain.counts).toMatchObject({ change: 2, applied: 0, parked: 2 });
    hub.target.written = (given) => given;
    const taken = await refresh({ failedOf: failed.runId, resend: true });
    expect(taken.counts).toMatchObject({ change: 2, applied: 2, parked: 0 });
    expect(taken.closing).toMatch(/^equal as of .* of 2 rows asked for$/);
    expect(hub.target.shown()).toHaveLength(rows);
    expect((await refused({ resend: true })).problem().detail).toContain('say what is sent again');
  });

  it('a span of time, again: who changed in it or was sent something in it, and nobody else', async () => {
    const [before] = await hub.query<{ at: Date }>('select clock_timestamp() as at');
    await hub.tell('north', 'N-6');
    expect((await refresh({})).counts.applied).toBe(1);
    spoil('phone');
    const spoiltRows = phones().length;
    const [row] = hub.target.shown().slice(-1);
    const since = new Date(before!.at.getTime() - 1).toISOString();
    const run = await refresh({ since, resend: true });
    expect(run.counts).toMatchObject({ compared: 1, change: 1, applied: 1 });
    expect(phones(), 'it alone was put right').not.toContain(row!.key);
    expect(phones()).toHaveLength(spoiltRows - 1);
    expect((await refused({ since: '2001-01-01T00:00:00Z', until: since })).status, 'all before that').toBe(201);
    await hub.steps();
  });

  it('a span of time that names nobody, ends before it begins, or has no beginning is refused in words', async () => {
    const empty = await refused({ since: '2001-01-01T00:00:00Z', until: '2001-01-02T00:00:00Z' });
    expect(empty.problem()).toMatchObject({ code: 'not-possible' });
    expect(empty.problem().detail).toContain('there is nothing to send again');
    expect((await refused({ since: '2001-01-02T00:00:00Z', until: '2001-01-01T00:00:00Z' })).status).toBe(400);
    expect((await refused({ until: '2001-01-01T00:00:00Z' })).status).toBe(400);
  });

  it('a request says all that it means: what is not known, or not there, is named', async () => {
    expect((await refused({ sourceId: 'S-0001' })).status).toBe(400);
    expect((await refused({ sourceIds: ['nobody'] })).problem()).toMatchObject({ code: 'not-found' });
    expect((await refused({ sourceIds: [] })).status).toBe(400);
    expect((await refused({ attributes: ['shoeSize'] })).problem()).toMatchObject({ code: 'invalid-request' });
    expect((await refused({ failedOf: 999_999 })).problem().code).toBe('not-possible');
  });
});
