import type { HoldPage, RefreshItem, RefreshRun } from '@cinch/api-contract';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, inject, it } from 'vitest';
import type {} from '../../../../scripts/test-postgres.ts';
import { Refresh } from '../../src/pipeline/refresh.ts';
import { Database } from '../../src/platform/transaction.ts';
import { SystemsStore } from '../../src/stages/systems/systems.store.ts';
import { unbraked } from '../armed-system.ts';
import { mapping, SentHub } from './sent-hub.ts';

const people = 12;
const ids = Array.from({ length: people }, (_, place) => `N-${place}`);

let hub: SentHub;
let before: number;
beforeAll(async () => {
  hub = await SentHub.open(inject('postgresUrl'));
  await hub.setLane('off');
  for (const id of ids) await hub.tell('north', id);
});
beforeEach(async () => {
  await limits(unbraked);
  await hub.refresh();
  await limits({});
  before = hub.target.log.length;
});
afterEach(async () => {
  hub.target.meanwhile = null;
  await hub.endRuns();
  await publish(mapping('south'));
});
afterAll(() => hub?.close());

let told = 0;
/** A phone that nobody had before. */
const aPhone = () => `+120255503${String((told += 1)).padStart(2, '0')}`;

const limits = (own: object, system = 'south') =>
  hub.get(Database).transaction(async (tx) => {
    const { systemId } = await hub.get(SystemsStore).named(tx, system);
    await hub.get(SystemsStore).setLimits(tx, systemId, own);
  });
const shown = async (runId: number) => (await hub.hub.asAdmin('GET', `/api/v1/refreshes/${runId}`)).json<RefreshRun>();
const items = async (runId: number) =>
  (await hub.hub.asAdmin('GET', `/api/v1/refreshes/${runId}/items`)).json<{ items: RefreshItem[] }>().items;
const apply = (run: RefreshRun) => hub.get(Refresh).apply(run.runId, run.planHash!, run.brake[0]?.count);
/** The target takes its time over the first call: meanwhile this happens, once. */
const whileItHangs = (act: () => Promise<unknown>) => {
  hub.target.meanwhile = async () => {
    hub.target.meanwhile = null;
    await act();
  };
};
const written = () => hub.target.log.length - before;
/** Given and family name the other way round. */
const swapped = {
  ...mapping('south'),
  attributes: [
    { attribute: 'name', members: { given: { path: 'family' }, family: { path: 'given' } } },
    ...mapping('south').attributes.slice(1),
  ],
};
const publish = (document: object) =>
  hub.hub.asAdmin('PUT', '/api/v1/systems/south/mapping', { document, count: people });

describe('a plan that a person has let go on', () => {
  const approved = async (): Promise<RefreshRun> => {
    await hub.tell('north', 'N-3', aPhone());
    const runId = await hub.start('plan');
    await hub.steps();
    const run = await shown(runId);
    expect(run).toMatchObject({ phase: 'planned', counts: { change: 1 } });
    await apply(run);
    return run;
  };

  it('for one change writes one: what a mapping that was published while the target hung would change waits to be looked at', async () => {
    const { runId } = await approved();
    whileItHangs(() => publish(swapped));
    await hub.steps();
    expect(written()).toBe(1);
    const held = await shown(runId);
    expect(held).toMatchObject({
      phase: 'planned',
      brake: [{ code: 'unseen', count: people, of: people, fromRows: 6 }],
    });
    expect(held.counts).toMatchObject({ change: people + 1, applied: 1 });
    await expect(apply({ ...held, brake: [] })).rejects.toMatchObject({ code: 'braked' });
    await apply(held);
    await hub.steps();
    expect(await shown(runId)).toMatchObject({
      phase: 'closed',
      closing: expect.stringMatching(/^equal as of /),
      counts: { applied: people + 1 },
    });
  });

  it('is made anew before anything of it is sent, when a mapping was published since', async () => {
    const { runId } = await approved();
    await publish(swapped);
    await hub.steps();
    expect(written()).toBe(0);
    expect(await shown(runId)).toMatchObject({ phase: 'planned', brake: [{ code: 'unseen', count: people }] });
  });

  it('waits as well when many pushes would have it write what nobody saw', async () => {
    const { runId } = await approved();
    whileItHangs(async () => {
      for (const id of ids) await hub.tell('north', id, aPhone());
    });
    await hub.steps();
    expect(written()).toBe(1);
    expect(await shown(runId)).toMatchObject({ phase: 'planned', brake: [{ code: 'unseen', count: people }] });
  });

  it('goes on with five rows more, and names what changed since it was looked at', async () => {
    const { runId } = await approved();
    await hub.tell('north', 'N-3', aPhone());
    whileItHangs(async () => {
      for (const id of ids.slice(5, 9)) await hub.tell('north', id, aPhone());
    });
    await hub.steps();
    expect(await shown(runId)).toMatchObject({
      phase: 'closed',
      closing: expect.stringMatching(/^equal as of /),
      counts: { applied: 5, changedSince: 5 },
    });
    expect((await items(runId)).filter(({ changedSince }) => changedSince)).toHaveLength(5);
  });
});

describe('a run that nobody looks at', () => {
  it('stops at its limits however many rounds it takes: they count together', async () => {
    for (const id of ids.slice(0, 3)) await hub.tell('north', id, aPhone());
    const runId = await hub.start('full');
    whileItHangs(async () => {
      for (const id of ids.slice(3, 7)) await hub.tell('north', id, aPhone());
    });
    await hub.steps();
    expect(written()).toBe(3);
    const held = await shown(runId);
    expect(held.phase).toBe('planned');
    expect(held.brake).toMatchObject([
      { code: 'changed-share', count: 7, of: people, limit: 0.01, fromRows: 6 },
      { code: 'values-share', label: 'Phone', count: 7, of: people, limit: 0.01, fromRows: 6 },
    ]);
    await apply(held);
    await hub.steps();
    expect(await shown(runId)).toMatchObject({
      closing: expect.stringMatching(/^equal as of /),
      counts: { applied: 7, change: 7 },
    });
  });

  it('stops before it sends what a push made of its plan, where that is beyond a limit', async () => {
    await limits({ changedShare: 1, valuesShare: 1 });
    for (const id of ids) await hub.tell('north', id, aPhone());
    const runId = await hub.start('full');
    await hub.steps(2);
    await limits({ changedShare: 1, valuesShare: 0 });
    await hub.steps();
    expect(written()).toBe(0);
    expect(await shown(runId)).toMatchObject({ phase: 'planned', brake: [{ code: 'values-share' }] });
  });

  it('is not stopped by what a person has let in, which was approved then; whatever else it writes counts', async () => {
    await limits({}, 'north');
    // The minutes before are over.
    await hub.get(Database).transaction((tx) => tx.query('delete from inbound_change'));
    for (const id of ids) await hub.tell('north', id, aPhone());
    const { holds } = (await hub.hub.asAdmin('GET', '/api/v1/holds')).json<HoldPage>();
    expect(holds).toMatchObject([{ reason: 'changed-much', rows: people - 5, passed: 5 }]);
    await hub.hub.asAdmin('POST', `/api/v1/holds/${holds[0]!.holdId}/answer`, { answer: 'let-in' });
    const runId = await hub.start('full');
    await hub.steps();
    expect(await shown(runId)).toMatchObject({ counts: { applied: people }, closing: expect.stringMatching(/^equal/) });
    await limits(unbraked, 'north');
    for (const id of ids.slice(0, 6)) await hub.tell('north', id, aPhone());
    const next = await hub.start('full');
    await hub.steps();
    expect((await shown(next)).brake).toMatchObject([{ code: 'changed-share', count: 6 }, { code: 'values-share' }]);
  });
});
