import { afterEach, beforeEach, describe, expect, inject, it } from 'vitest';
import type {} from '../../../../scripts/test-postgres.ts';
import { SentHub } from './sent-hub.ts';

let hub: SentHub;
beforeEach(async () => {
  hub = await SentHub.open(inject('postgresUrl'));
});
afterEach(() => hub?.close());

const phones = () => hub.target.shown().map(({ data }) => data['phone']);
/** Which customer each row of the target is of. */
const owners = () =>
  hub.query<{ key: string; id: number }>(
    `select r.source_key as key, r.customer_id as id from source_record r join system s using (system_id)
     where s.code = 'south' and r.source_key is not null order by 1`,
  );

describe('an answer that shows a row of somebody else', () => {
  it('to a create is believed of nobody, and the create is not asked for again and again', async () => {
    await hub.tell('north', 'N-1');
    await hub.laneUntilDone();
    const [first] = hub.target.shown();
    // It holds that the two are one, and gives the row that it has.
    hub.target.instead = ({ key }) => (key === null ? { ...first!, version: 2 } : null);
    await hub.tell('north', 'N-2', '+12025550102');
    await hub.laneUntilDone();
    expect(hub.target.arrived).toHaveLength(2);
    expect(await owners()).toEqual([{ key: 'S-0001', id: await hub.customerOf('north', 'N-1') }]);
    const { closing } = await hub.refresh();
    expect(closing).toMatch(/^equal but for 3 parked/);
    expect(hub.target.arrived).toHaveLength(2);
    // Once its customer changes it may be asked for again, and makes its row.
    hub.target.instead = null;
    await hub.tell('north', 'N-2', '+12025550103');
    expect((await hub.refresh()).closing).toMatch(/^equal as of /);
    expect(phones()).toEqual(['+12025550100', '+12025550103']);
    expect(await hub.faults()).toEqual({});
  });

  it('to two creates of one call is the row of the first', async () => {
    const ids = ['N-1', 'N-2', 'N-3'];
    for (const id of ids) await hub.tell('north', id);
    const one = { key: 'ONE', version: 1, changedAt: '2026-01-01T00:00:00.000Z', delivery: null };
    hub.target.instead = ({ key, fields }) => (key === null ? { ...one, data: { ...fields, id: 'ONE' } } : null);
    const { closing } = await hub.refresh();
    expect(closing).toMatch(/parked/);
    expect(await owners()).toHaveLength(1);
    expect(hub.target.arrived.flat()).toHaveLength(3);
    expect(await hub.faults()).toEqual({});
  });

  it('to a change is not heard of the record that was changed', async () => {
    for (const id of ['N-1', 'N-2']) await hub.tell('north', id);
    await hub.laneUntilDone();
    const [, second] = hub.target.shown();
    hub.target.instead = ({ key }) => (key === 'S-0001' ? { ...second!, version: 50 } : null);
    await hub.tell('north', 'N-1', '+12025550102');
    await hub.laneUntilDone();
    hub.target.instead = null;
    await hub.refresh();
    await hub.tell('north', 'N-1', '+12025550103');
    expect((await hub.refresh()).closing).toMatch(/^equal as of /);
    expect(phones()).toEqual(['+12025550103', '+12025550100']);
    expect(await hub.query('select hold_id from hold')).toEqual([]);
  });
});
