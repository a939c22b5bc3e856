import { afterEach, beforeEach, expect, inject, it } from 'vitest';
import type {} from '../../../../scripts/test-postgres.ts';
import { SentHub } from './sent-hub.ts';

let hub: SentHub;
beforeEach(async () => {
  hub = await SentHub.open(inject('postgresUrl'));
  hub.target.keepsDeliveryIds = false;
});
afterEach(() => hub?.close());

const creates = () => hub.target.log.filter(({ isCreate }) => isCreate).length;
const phones = () => hub.target.shown().map(({ data }) => data['phone']);
const made = () =>
  hub.query(`select origin, state from source_record where source_key like 'S-%' or source_key is null`);

it('a system that keeps no delivery ids is listed before a create without an answer is sent again: its row becomes the record', async () => {
  hub.target.weather = 'answer-lost';
  await hub.tell('north', 'N-1');
  await hub.lane();
  await hub.tell('north', 'N-1', '+12025550202');
  await hub.lane();
  hub.target.weather = 'fair';
  await hub.laneUntilDone();
  expect(creates()).toBe(1);
  expect(phones()).toEqual(['+12025550202']);
  expect(await made()).toEqual([{ origin: 'hub', state: 'live' }]);
  expect((await hub.refresh()).closing).toMatch(/^equal as of /);
});

it('is sent the create again when the listing does not show its row', async () => {
  hub.target.weather = 'away';
  await hub.tell('north', 'N-1');
  await hub.lane();
  await hub.lane();
  hub.target.weather = 'fair';
  await hub.laneUntilDone();
  expect(hub.target.arrived).toHaveLength(0);
  hub.passDeadline();
  await hub.laneUntilDone();
  expect(hub.target.arrived).toHaveLength(1);
  expect(creates()).toBe(1);
  expect((await hub.refresh()).closing).toMatch(/^equal as of /);
});

it('is heard by the next refresh where the answer to a refresh was lost', async () => {
  await hub.setLane('off');
  await hub.tell('north', 'N-1');
  hub.target.weather = 'answer-lost';
  expect((await hub.refresh()).phase).toBe('failed');
  hub.target.weather = 'fair';
  expect((await hub.refresh()).closing).toMatch(/^equal as of /);
  expect(creates()).toBe(1);
});

it('makes no second row of one that it wrote otherwise than it was sent, where the words still tell who it is', async () => {
  hub.target.written = (given) => String(given).toUpperCase();
  hub.target.weather = 'answer-lost';
  await hub.tell('north', 'N-1');
  await hub.lane();
  hub.target.weather = 'fair';
  await hub.laneUntilDone();
  await hub.refresh();
  expect(creates()).toBe(1);
});

it('takes each row for the create that it holds, where several had no answer', async () => {
  hub.target.weather = 'answer-lost';
  await hub.tell('north', 'N-1');
  await hub.tell('north', 'N-2');
  await hub.lane();
  hub.target.weather = 'fair';
  await hub.laneUntilDone();
  expect(creates()).toBe(2);
  expect((await hub.refresh()).closing).toMatch(/^equal as of /);
});

it('makes no second row of one that is written after the listing: until a later one does not show it, the run is equal but for it', async () => {
  hub.target.weather = 'late';
  await hub.tell('north', 'N-1');
  await hub.lane();
  await hub.lane();
  hub.target.weather = 'fair';
  await hub.laneUntilDone();
  const run = await hub.refresh();
  expect(run).toMatchObject({
    closing: expect.stringMatching(/^equal but for 1 row withheld; /),
    counts: { withheld: 1 },
  });
  const items = (await hub.hub.asAdmin('GET', `/api/v1/refreshes/${run.runId}/items?kind=withheld`)).json<object>();
  expect(items).toMatchObject({ items: [{ code: 'unanswered' }] });
  hub.target.catchUp();
  hub.passDeadline();
  await hub.laneUntilDone();
  expect(creates()).toBe(1);
  expect((await hub.refresh()).closing).toMatch(/^equal as of /);
  expect(await hub.faults()).toEqual({});
});

it('never takes over the row of a stranger of the same name: the create is an exception for a person', async () => {
  hub.target.weather = 'away';
  await hub.tellName('N-1', 'Ann', 'Lee');
  await hub.lane();
  const stranger = { given: 'Ann', family: 'Lee', email: 'other@example.com', phone: '+12025550999' };
  hub.target.edit('T-9', stranger);
  hub.target.weather = 'fair';
  await hub.laneUntilDone();
  hub.passDeadline();
  await hub.laneUntilDone();
  const run = await hub.refresh();
  expect(run.closing).toMatch(/^equal but for 1 row withheld; /);
  const items = (await hub.hub.asAdmin('GET', `/api/v1/refreshes/${run.runId}/items?kind=withheld`)).json<object>();
  expect(items).toMatchObject({ items: [{ code: 'possible-duplicate' }] });
  expect(hub.target.shown().map(({ data }) => data)).toEqual([{ ...stranger, id: 'T-9' }]);
  expect(await hub.query(`select origin from source_record where source_key = 'T-9'`)).toEqual([{ origin: 'push' }]);
});
