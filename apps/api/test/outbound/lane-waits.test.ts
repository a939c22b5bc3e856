import type { Load, RefreshItem, RefreshRun, System } from '@cinch/api-contract';
import { afterAll, afterEach, beforeAll, describe, expect, inject, it } from 'vitest';
import type {} from '../../../../scripts/test-postgres.ts';
import { BulkDecisions } from '../../src/pipeline/bulk-decisions.ts';
import { Rederive } from '../../src/pipeline/rederive.ts';
import { mapping, SentHub } from './sent-hub.ts';

const ids = Array.from({ length: 8 }, (_, place) => `N-${place}`);

let hub: SentHub;
beforeAll(async () => {
  hub = await SentHub.open(inject('postgresUrl'));
  for (const id of ids) await hub.tell('north', id);
  await hub.refresh();
});
afterEach(async () => {
  for (const code of ['north', 'south']) await publish(code, mapping(code));
  await hub.refresh();
});
afterAll(() => hub?.close());

let told = 0;
/** A phone that nobody had before. */
const aPhone = () => `+120255504${String((told += 1)).padStart(2, '0')}`;
const publish = (code: string, document: object) =>
  hub.hub.asAdmin('PUT', `/api/v1/systems/${code}/mapping`, { document, count: ids.length });
const swapped = (code: string) => ({
  ...mapping(code),
  attributes: [
    { attribute: 'name', members: { given: { path: 'family' }, family: { path: 'given' } } },
    ...mapping(code).attributes.slice(1),
  ],
});
const rederived = async () => {
  while (await hub.get(Rederive).next());
};
const waits = async () =>
  (await hub.hub.asAdmin('GET', '/api/v1/systems'))
    .json<{ systems: System[] }>()
    .systems.find(({ code }) => code === 'south')!.laneWaits;
const names = () => hub.target.shown().map(({ data }) => `${String(data['given'])} ${String(data['family'])}`);
const phones = () => hub.target.shown().map(({ data }) => data['phone']);
const left = async () => {
  const { runs } = (await hub.hub.asAdmin('GET', '/api/v1/refreshes')).json<{ runs: RefreshRun[] }>();
  const { runId } = runs.find(({ mode }) => mode === 'events')!;
  const { items } = (await hub.hub.asAdmin('GET', `/api/v1/refreshes/${runId}/items`)).json<{ items: RefreshItem[] }>();
  return items.filter(({ code }) => code === 'waits-for-run').map(({ fields }) => fields.map(({ path }) => path));
};

describe('with the lane on', () => {
  it.each([
    ['its own mapping', 'south', 'before'],
    ['the mapping of the system that is edited', 'north', 'before'],
    ['the mapping of the system that is edited', 'north', 'after'],
  ])(
    '%s with swapped names (%s) swaps no name through edits of another field %s it was worked in',
    async (_, code, when) => {
      const before = names();
      await publish(code, swapped(code));
      if (when === 'after') await rederived();
      for (const id of ids) await hub.tell('north', id, aPhone());
      await rederived();
      await hub.laneUntilDone();
      expect(names()).toEqual(before);
      expect(await waits()).toEqual([`mapping ${code}`]);

      await publish(code, mapping(code));
      expect((await hub.refresh()).closing).toMatch(/^equal as of /);
      expect(await waits()).toBeNull();
      expect(names()).toEqual(before);
      const phone = aPhone();
      await hub.tell('north', ids[0]!, phone);
      await hub.laneUntilDone();
      expect(phones(), 'it goes on once a refresh has proved the mapping in force').toContain(phone);
    },
  );

  it('another scope of the system waits for a run, and what was published for a newcomer that has told nothing keeps nobody', async () => {
    const put = (create: string) =>
      hub.hub.putSeen('/api/v1/systems/south/scope', { scope: { create, keep: 'everybody' } });
    await hub.hub.aSystem('west', mapping('west'));
    const phone = aPhone();
    await hub.tell('north', ids[1]!, phone);
    await hub.laneUntilDone();
    expect(phones()).toContain(phone);
    await put('nobody');
    await hub.tell('north', ids[1]!, aPhone());
    await hub.laneUntilDone();
    expect(phones()).toContain(phone);
    expect(await waits()).toEqual(['scope']);
    await put('everybody');
  });

  it('what a load changed does not go out with the next edit of its customer: the record is left to the run, and named', async () => {
    const [loaded, other] = [{ id: 'N-9', given: 'Orla', family: 'Quigley', phone: aPhone() }, ids[3]!];
    await hub.push('north', 'records', [{ id: 'N-9', version: 1, data: loaded }]);
    await hub.laneUntilDone();
    const { loadId } = await hub.ask<Load>('north', 'systems/north/loads', {});
    const moved = { ...loaded, family: 'Loaded' };
    await hub.push('north', `records?load=${loadId}`, [{ id: 'N-9', version: 2, data: moved }]);
    const phone = [aPhone(), aPhone()] as const;
    await hub.push('north', 'records', [{ id: 'N-9', version: 3, data: { ...moved, phone: phone[0] } }]);
    await hub.tell('north', other, phone[1]);
    await hub.laneUntilDone();
    expect(phones()).toContain(phone[1]);
    expect(phones()).not.toContain(phone[0]);
    expect(names().some((name) => name.includes('Loaded'))).toBe(false);
    expect(await left()).toEqual([['family', 'phone']]);
    expect((await hub.refresh()).closing).toMatch(/^equal as of /);
    expect(phones()).toContain(phone[0]);
    expect(await left()).toEqual([]);
  });

  /** What waits does not go out with the next edit of another field of its customer; the next refresh brings it. */
  const leaksNot = async (edit: () => Promise<void>, waiting: unknown, path: string) => {
    await edit();
    await hub.laneUntilDone();
    expect(hub.target.shown().map(({ data }) => data[path])).not.toContain(waiting);
    expect((await left()).length).toBe(1);
    expect((await hub.refresh()).closing).toMatch(/^equal/);
    expect(hub.target.shown().map(({ data }) => data[path])).toContain(waiting);
  };
  const person = { given: 'Tekla', family: 'Voss', email: 'tekla@example.com' };

  it('what one answer to many conflicts changed does not go out with the next edit of its customer, nor what undoing it does', async () => {
    const [first, north, east] = [aPhone(), aPhone(), aPhone()];
    const say = (system: string, version: number, data: object) =>
      hub.push(system, 'records', [{ id: `${system}-B`, version, data: { id: `${system}-B`, ...person, ...data } }]);
    for (const system of ['north', 'east']) await say(system, 1, { phone: first });
    await hub.laneUntilDone();
    await say('north', 2, { phone: north });
    await say('east', 2, { phone: east });
    await hub.laneUntilDone();
    const [conflict] = await hub.query<{ id: number }>(
      'select conflict_id as id from conflict where closed_at is null',
    );
    const path = `/api/v1/conflicts/${conflict!.id}/same`;
    await hub.hub.asAdmin('POST', path, { system: 'north', reason: 'asked all of them' });
    const decided = async () => {
      while (await hub.get(BulkDecisions).next());
    };
    await decided();
    await leaksNot(() => say('east', 3, { phone: east, email: 'tekla.voss@example.com' }), north, 'phone');
    const [bulk] = await hub.query<{ id: number }>('select bulk_id as id from bulk_decision');
    await hub.hub.asAdmin('POST', `/api/v1/bulk-decisions/${bulk!.id}/undo`);
    await decided();
    // It is open again, so that the row keeps what it holds until somebody has chosen.
    await say('north', 3, { phone: north, email: 'tekla.v@example.com' });
    await hub.laneUntilDone();
    expect(phones()).toContain(north);
    await say('east', 4, { phone: north, email: 'tekla.v@example.com' });
  });

  it('what was taken back does not go out with the next edit of its customer', async () => {
    const [right, wrong] = [aPhone(), aPhone()];
    const say = (version: number, data: object) =>
      hub.push('north', 'records', [
        { id: 'T-1', version, data: { id: 'T-1', given: 'Orsolya', family: 'Zander', ...data } },
      ]);
    await say(1, { phone: right });
    await say(2, { phone: wrong });
    await hub.laneUntilDone();
    expect((await hub.refresh()).closing).toMatch(/^equal/);
    const [batch] = await hub.query<{ id: number }>('select max(batch_id) as id from inbox_batch');
    const what = { batchId: batch!.id };
    const path = '/api/v1/systems/north/take-backs';
    expect((await hub.hub.asAdmin('POST', path, { what, entries: 1, reason: 'a bug' })).status).toBe(201);
    await rederived();
    await leaksNot(() => say(3, { phone: wrong, email: 'tekla.z@example.com' }), right, 'phone');
  });
});
