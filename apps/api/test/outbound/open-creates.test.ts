import { afterEach, beforeEach, describe, expect, inject, it } from 'vitest';
import type {} from '../../../../scripts/test-postgres.ts';
import { SentHub } from './sent-hub.ts';

let hub: SentHub;
beforeEach(async () => {
  hub = await SentHub.open(inject('postgresUrl'));
});
afterEach(() => hub?.close());

const phones = () =>
  hub.target
    .shown()
    .map(({ data }) => data['phone'])
    .sort();
const creates = () => hub.target.log.filter(({ isCreate }) => isCreate).length;

describe('a customer that is not there yet', () => {
  it('pushed and changed while the target is away gets one row, with what changed last', async () => {
    await hub.tell('north', 'N-0');
    hub.target.weather = 'away';
    await hub.lane();
    for (const id of ['N-1', 'N-2', 'N-3']) {
      for (const last of [1, 2, 3]) {
        await hub.tell('north', id, `+1202555020${last}`);
        await hub.lane();
      }
    }
    hub.target.weather = 'fair';
    await hub.laneUntilDone();
    expect(phones()).toEqual(['+12025550100', '+12025550203', '+12025550203', '+12025550203']);
    expect((await hub.refresh()).closing).toMatch(/^equal as of /);
    expect(hub.target.shown()).toHaveLength(4);
    expect(await hub.faults()).toEqual({});
  });

  it('whose receipt is lost is asked for again by the same delivery as it was sent, and what changed meanwhile follows', async () => {
    hub.target.weather = 'answer-lost';
    await hub.tell('north', 'N-1', '+12025550201');
    await hub.lane();
    await hub.tell('north', 'N-1', '+12025550202');
    await hub.lane();
    hub.target.weather = 'fair';
    await hub.laneUntilDone();
    const [first, second, third] = hub.target.arrived;
    expect(second).toEqual(first);
    expect(third).toEqual(first);
    expect(phones()).toEqual(['+12025550202']);
    expect(hub.target.log).toHaveLength(2);
  });

  it('whose create was sent between refreshes and not answered is made by the next refresh, also with the lane off', async () => {
    hub.target.weather = 'away';
    await hub.tell('north', 'N-1');
    await hub.lane();
    await hub.hub.asAdmin('PUT', '/api/v1/systems/south/lane', { lane: 'off' });
    await hub.tell('north', 'N-1', '+12025550202');
    hub.target.weather = 'fair';
    expect(await hub.refresh()).toMatchObject({ closing: expect.stringMatching(/^equal as of /) });
    expect(phones()).toEqual(['+12025550202']);
    expect(hub.target.shown()).toHaveLength(1);
  });

  it('is made once where a refresh fails, the lane goes on, and the first call is carried out late', async () => {
    hub.target.weather = 'late';
    await hub.tell('north', 'N-1');
    const failed = await hub.refresh();
    expect(failed.phase).toBe('failed');
    hub.target.weather = 'away';
    await hub.tell('north', 'N-1', '+12025550202');
    await hub.lane();
    await hub.start();
    await hub.steps();
    hub.target.weather = 'fair';
    await hub.lane();
    hub.target.catchUp();
    await hub.laneUntilDone();
    expect((await hub.refresh()).closing).toMatch(/^equal as of /);
    expect(phones()).toEqual(['+12025550202']);
    expect(creates()).toBe(1);
  });

  it('stays with the lane while a plan waits for somebody to look at it', async () => {
    await hub.tell('north', 'N-1');
    const planned = await hub.start('plan');
    await hub.steps();
    await hub.laneUntilDone();
    expect(hub.target.shown()).toHaveLength(1);
    const { planHash } = (await hub.hub.asAdmin('GET', `/api/v1/refreshes/${planned}`)).json<{ planHash: string }>();
    const applied = await hub.hub.asAdmin('POST', `/api/v1/refreshes/${planned}/apply`, { planHash });
    expect(applied.problem().code).toBe('stale-plan');
    expect(creates()).toBe(1);
  });
});

describe('two customers that become one while rows are to be made for both', () => {
  const both = async () => {
    await hub.tell('north', 'N-1');
    await hub.tell('east', 'E-1');
  };
  const merge = async () => hub.merge(await hub.customerOf('north', 'N-1'), await hub.customerOf('east', 'E-1'));

  it('get one row, if nothing was sent', async () => {
    await both();
    await merge();
    await hub.laneUntilDone();
    expect(creates()).toBe(1);
    expect((await hub.refresh()).closing).toMatch(/^equal as of /);
  });

  it('get one row, if what was sent reached nobody', async () => {
    hub.target.weather = 'away';
    await both();
    await hub.lane();
    await merge();
    hub.target.weather = 'fair';
    await hub.laneUntilDone();
    expect(creates()).toBe(1);
    expect((await hub.refresh()).closing).toMatch(/^equal as of /);
    expect(await hub.faults()).toEqual({});
  });

  it('are named as doubled, in the closing and among the duplicates, if both were made already', async () => {
    hub.target.weather = 'answer-lost';
    await both();
    await hub.lane();
    await merge();
    hub.target.weather = 'fair';
    await hub.laneUntilDone();
    const run = await hub.refresh();
    expect(run).toMatchObject({
      closing: expect.stringMatching(/^equal but for 1 row doubled; /),
      counts: { doubled: 1 },
    });
    const items = (await hub.hub.asAdmin('GET', `/api/v1/refreshes/${run.runId}/items?kind=doubled`)).json<object>();
    expect(items).toMatchObject({ items: [{ sourceId: 'S-0002', outcome: 'exception', code: 'made-twice' }] });
    const listed = (await hub.hub.asAdmin('GET', '/api/v1/systems/south/duplicates')).json<object>();
    expect(listed).toMatchObject({ duplicates: [{ sourceIds: ['S-0001', 'S-0002'] }] });
    expect(creates()).toBe(2);
  });

  it('get one row each, when they part again before the target answers', async () => {
    hub.target.weather = 'answer-lost';
    await both();
    await hub.lane();
    const decisionId = await merge();
    await hub.lane();
    await hub.undo(decisionId);
    hub.target.weather = 'fair';
    await hub.laneUntilDone();
    expect((await hub.refresh()).closing).toMatch(/^equal as of /);
    expect(creates()).toBe(2);
    expect(hub.target.shown()).toHaveLength(2);
  });
});

it('a row that the target told of before its receipt is not made a second time', async () => {
  hub.target.weather = 'answer-lost';
  await hub.tell('north', 'N-1');
  await hub.lane();
  await hub.tellOf(hub.target.shown()[0]!);
  await hub.lane();
  hub.target.weather = 'fair';
  await hub.laneUntilDone();
  expect((await hub.refresh()).closing).toMatch(/^equal as of /);
  expect(creates()).toBe(1);
  const made = await hub.query(
    `select origin, state from source_record where source_key like 'S-%' or source_key is null`,
  );
  expect(made).toEqual([{ origin: 'hub', state: 'live' }]);
});
