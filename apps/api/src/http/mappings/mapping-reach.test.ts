import type { MappingPublished, RefreshRun } from '@cinch/api-contract';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import type {} from '../../../../../scripts/test-postgres.ts';
import { Rederive } from '../../pipeline/rederive.ts';
import { mapping, SentHub } from '../../../test/outbound/sent-hub.ts';

const ids = Array.from({ length: 8 }, (_, place) => `N-${place}`);

let hub: SentHub;
beforeAll(async () => {
  hub = await SentHub.open(inject('postgresUrl'));
  await hub.setLane('off');
  for (const id of ids) await hub.tell('north', id);
  for (const id of ids.slice(0, 3)) await hub.tell('east', id);
  await hub.refresh();
});
afterAll(() => hub?.close());

const put = (code: string, document: object, count?: number) =>
  hub.hub.asAdmin('PUT', `/api/v1/systems/${code}/mapping`, { document, ...(count !== undefined && { count }) });
const swapped = (code: string) => ({
  ...mapping(code),
  attributes: [
    { attribute: 'name', members: { given: { path: 'family' }, family: { path: 'given' } } },
    ...mapping(code).attributes.slice(1),
  ],
});
const version = async (code: string) =>
  (await hub.hub.asAdmin('GET', `/api/v1/systems/${code}/mapping`)).json<MappingPublished>().version;
const movedSince = async (at: Date) =>
  (
    await hub.query<{ n: number }>(
      'select count(distinct customer_id)::int as n from golden_history where from_at > $1',
      [at],
    )
  )[0]!.n;

describe('a mapping that changes many customers', () => {
  it('of a system that pushes is published by whoever has read what it changes: exactly so many golden values and rows', async () => {
    const before = await version('north');
    const refused = await put('north', swapped('north'));
    expect([refused.status, refused.problem().code]).toEqual([409, 'reach-unseen']);
    expect(refused.problem().detail).toContain('It would change 8 customers');
    expect(refused.problem().errors).toEqual([
      { path: 'golden', code: 'name', detail: '8 customers would get another Name' },
      { path: 'south', code: 'rows', detail: '8 rows would be written otherwise' },
      { path: 'south', code: 'name', detail: 'Name of 8 rows' },
    ]);
    expect(await version('north'), 'nothing was published').toBe(before);
    expect((await put('north', swapped('north'), 100)).status, 'another number is none').toBe(409);

    const at = new Date();
    expect((await put('north', swapped('north'), 8)).status).toBe(200);
    while (await hub.get(Rederive).next());
    expect(await movedSince(at), 'the golden records that moved').toBe(8);
    const runId = await hub.start('plan');
    await hub.steps();
    const run = (await hub.hub.asAdmin('GET', `/api/v1/refreshes/${runId}`)).json<RefreshRun>();
    expect(run.counts.change, 'the rows that are to be written').toBe(8);
    await hub.endRuns();
    expect((await put('north', mapping('north'), 8)).status).toBe(200);
    while (await hub.get(Rederive).next());
  });

  it('of a system that is only written to changes no golden value, and all of its rows', async () => {
    const refused = await put('south', swapped('south'));
    expect(refused.problem().errors).toEqual([
      { path: 'south', code: 'rows', detail: '11 rows would be written otherwise' },
      { path: 'south', code: 'name', detail: 'Name of 11 rows' },
    ]);
  });

  it('changes five unasked, and whatever a document says that changes nothing', async () => {
    expect((await put('east', swapped('east'))).status, 'three customers').toBe(200);
    expect((await put('east', mapping('east'))).status).toBe(200);
    expect((await put('north', { ...mapping('north'), newElements: {} })).status).toBe(200);
  });
});
