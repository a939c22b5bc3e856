import type { RefreshRun, System } from '@cinch/api-contract';
import { afterAll, beforeAll, beforeEach, describe, expect, inject, it } from 'vitest';
import type {} from '../../../../scripts/test-postgres.ts';
import { SentHub } from './sent-hub.ts';

const wrong = { phone: '+12025550199', email: 'x@example.com' };

/** Rows of south are changed behind its back, in attributes whose drift is looked for in some rows, or in none. */
describe('drift that is looked for by sample, or not at all', () => {
  let hub: SentHub;
  const ids = Array.from({ length: 8 }, (_, index) => `N-${index}`);
  beforeAll(async () => {
    hub = await SentHub.open(inject('postgresUrl'));
    await hub.setLane('off');
    for (const id of ids) await hub.tell('north', id);
    await hub.refresh();
  });
  afterAll(() => hub?.close());
  beforeEach(async () => {
    await compare();
    await refresh();
  });

  const put = (sets: object[]) => hub.hub.asAdmin('PUT', '/api/v1/systems/south/comparison', { sets });
  const compare = async (...sets: object[]) => {
    const set = await put(sets);
    expect(set.json<System>().comparison).toEqual({ sets });
  };
  const refresh = async (asked: object = {}): Promise<RefreshRun> => {
    const started = await hub.hub.asAdmin('POST', '/api/v1/refreshes', { system: 'south', mode: 'full', ...asked });
    await hub.steps();
    const { runId } = started.json<RefreshRun>();
    return (await hub.hub.asAdmin('GET', `/api/v1/refreshes/${runId}`)).json<RefreshRun>();
  };
  const spoil = (field: keyof typeof wrong) => {
    for (const { key } of hub.target.shown()) hub.target.rewrite(key, { [field]: wrong[field] });
  };
  const spoilt = (field: keyof typeof wrong) =>
    hub.target.shown().filter(({ data }) => (data as Record<string, unknown>)[field] === wrong[field]).length;

  it('not at all: it stays, nothing is written, and nobody calls it equal', async () => {
    await compare({ compared: 'never', attributes: ['phone.primary'] });
    spoil('phone');
    const run = await refresh();
    expect(run.counts).toMatchObject({ change: 0, applied: 0 });
    expect(run.closing).toMatch(/^equal but for drift of .*, which is not looked for; as of .* of 8 rows$/);
    expect(run.proof?.driftUnseen).toEqual([{ attributes: [expect.any(String)], share: null }]);
    expect(spoilt('phone')).toBe(8);
  });

  it('by sample: some rows in each run, all within as many as it takes, and the closing word says so each time', async () => {
    await compare({ compared: 'sample', share: 25, attributes: ['phone.primary'] });
    spoil('phone');
    const left: number[] = [];
    for (let run = 0; run < 4; run += 1) {
      const { closing } = await refresh();
      expect(closing).toMatch(/^equal but for drift of .*, looked for in 25\u00a0% of the rows; as of /);
      left.push(spoilt('phone'));
    }
    expect(left.at(-1)).toBe(0);
    expect(left[0], 'not all of them at once').toBeGreaterThan(0);
    expect(left).toEqual(left.toSorted((a, b) => b - a));
  });

  it('what is compared is put right, and a row that is written is put right whole, lest the rest become news', async () => {
    await compare({ compared: 'never', attributes: ['phone.primary'] });
    spoil('phone');
    const [first] = hub.target.shown();
    hub.target.rewrite(first!.key, { email: wrong.email });
    expect((await refresh()).counts).toMatchObject({ change: 1, applied: 1 });
    expect([spoilt('email'), spoilt('phone')]).toEqual([0, 7]);
    expect(await hub.query(`select 1 from golden where attributes like '%${wrong.phone}%'`)).toEqual([]);
  });

  it('what became golden is written all the same', async () => {
    await compare({ compared: 'never', attributes: ['phone.primary'] });
    await hub.tell('north', 'N-3', '+12025550123');
    expect((await refresh()).counts).toMatchObject({ change: 1, applied: 1 });
    const shown = hub.target.shown().filter(({ data }) => (data as { phone?: string }).phone === '+12025550123');
    expect(shown).toHaveLength(1);
  });

  it('whoever asks for rows or attributes gets them compared whole', async () => {
    await compare({ compared: 'never', attributes: ['phone.primary'] });
    spoil('phone');
    const run = await refresh({ attributes: ['phone.primary'] });
    expect(run.closing).toMatch(/^equal as of /);
    expect(spoilt('phone')).toBe(0);
  });

  it('is refused for what is not mapped, for two ways of one attribute, and for shares that are none', async () => {
    const never = (...attributes: string[]) => ({ compared: 'never', attributes });
    const unmapped = (await put([never('birthDate')])).problem();
    expect(unmapped.detail).toContain('It has ');
    for (const sets of [
      [never('phone.primary'), { compared: 'sample', share: 10, attributes: ['phone.primary'] }],
      [{ compared: 'sample', share: 0, attributes: ['phone.primary'] }],
      [{ compared: 'sample', share: 100, attributes: ['phone.primary'] }],
      [{ compared: 'sample', attributes: ['phone.primary'] }],
      [never()],
    ])
      expect((await put(sets)).problem().code, JSON.stringify(sets)).toBe('invalid-request');
  });
});
