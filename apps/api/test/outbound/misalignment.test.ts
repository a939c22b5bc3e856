import { conflictPage, misalignment, type Misalignment } from '@cinch/api-contract';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import type {} from '../../../../scripts/test-postgres.ts';
import { StewardDesk } from '../steward-desk.ts';
import { SentHub } from './sent-hub.ts';

const month = new Date().toISOString().slice(0, 7);

describe('what misalignment cost, as refreshes found it', () => {
  let hub: SentHub;
  beforeAll(async () => {
    hub = await SentHub.open(inject('postgresUrl'));
    await hub.setLane('off');
    for (const id of ['N-1', 'N-2']) await hub.tell('north', id);
    await hub.refresh();
  });
  afterAll(() => hub?.close());

  const report = async (query = '') =>
    misalignment.parse((await hub.hub.asAdmin('GET', `/api/v1/misalignment${query}`)).json<Misalignment>());
  const spoil = (field: string) => {
    for (const { key } of hub.target.shown())
      hub.target.rewrite(key, { [field]: field === 'phone' ? '+12025550199' : 'Otherwise' });
  };

  it('rows that are made cost nothing: they differed from nothing', async () => {
    expect((await report()).lines).toEqual([]);
  });

  it('values that differed are told by attribute and by the two systems, and whether they were put right', async () => {
    spoil('phone');
    await hub.refresh();
    const of = { month, attribute: 'phone.primary', label: 'Phone', systems: ['north', 'south'] };
    expect((await report()).lines).toEqual([{ ...of, found: 2, repaired: 2, refused: 0, decided: 0 }]);
    hub.target.written = (given) => `${String(given)}!`;
    spoil('given');
    await hub.refresh();
    hub.target.written = (given) => given;
    const [name, ...rest] = (await report('?months=1')).lines.toSorted((a, b) => (a.attribute < b.attribute ? -1 : 1));
    expect(name).toMatchObject({ attribute: 'name', systems: ['north', 'south'], found: 2, repaired: 0, refused: 2 });
    expect(rest).toMatchObject([of]);
  });

  it('a plan that nobody let go on is no cost: the next run finds the same', async () => {
    const before = (await report()).lines;
    spoil('phone');
    await hub.start('plan');
    await hub.endRuns();
    expect((await report()).lines).toEqual(before);
  });

  it('a span that is none is refused', async () => {
    expect((await hub.hub.asAdmin('GET', '/api/v1/misalignment?months=0')).status).toBe(400);
    expect((await hub.hub.asAdmin('GET', '/api/v1/misalignment?months=25')).status).toBe(400);
  });
});

describe('what misalignment cost people', () => {
  let desk: StewardDesk;
  beforeAll(async () => {
    desk = await StewardDesk.open();
  });
  afterAll(() => desk?.close());

  it('a conflict that a steward settled is told by its attribute and its systems, until that is undone', async () => {
    const jo = { given: 'Jo', family: 'Quillfeather', birth: '1980-02-03', email: 'jo@example.com' };
    await desk.push('adipose', 'a1', { ...jo, phone: '+12025550101' });
    await desk.push('bellyfat', 'b1', { ...jo, phone: '+12025550101' });
    await desk.push('adipose', 'a1', { ...jo, phone: '+12025550102' });
    await desk.push('bellyfat', 'b1', { ...jo, phone: '+12025550103' });
    const [conflict] = (await desk.get('/conflicts', conflictPage)).conflicts;
    const basis = conflict!.candidates.map(({ assertionId }) => assertionId);
    const decision = await desk.decide(`/conflicts/${conflict!.conflictId}/resolution`, { chosen: basis[0], basis });
    const { lines } = await desk.get('/misalignment', misalignment);
    const of = { attribute: 'phone.primary', systems: ['adipose', 'bellyfat'], found: 0, decided: 1 };
    expect(lines).toMatchObject([of]);
    await desk.post(`/decisions/${decision}/undo`, {});
    expect((await desk.get('/misalignment', misalignment)).lines).toEqual([]);
  });
});
