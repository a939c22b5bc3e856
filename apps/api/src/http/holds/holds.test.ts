import {
  hold as holdSchema,
  holdPage,
  ownRecord,
  type BatchAccepted,
  type Hold,
  type Status,
  type System,
} from '@cinch/api-contract';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import type {} from '../../../../../scripts/test-postgres.ts';
import { Rederive } from '../../pipeline/rederive.ts';
import { Worker } from '../../pipeline/worker.ts';
import { aMapping, ListeningHub } from '../../../test/listening-hub.ts';

type Row = { rev: number; at: string; given?: string; points?: number; id?: string };

const mapping = (system: string) => ({
  ...aMapping(system),
  version: { path: 'rev' },
  changedAt: { path: 'changed', steps: [{ step: 'isoInstant' }] },
  attributes: [...aMapping(system).attributes, { attribute: 'points', path: 'points' }],
});

describe('a system that was set back without a word is suspected of it (rule 7)', () => {
  let hub: ListeningHub;
  let key: string;
  beforeAll(async () => {
    hub = await ListeningHub.open(inject('postgresUrl'));
    key = await hub.aSystem('shop', mapping('shop'));
  });
  afterAll(() => hub?.close());

  const instant = (at: string) => `2026-03-01T${at}:00Z`;
  const sent = async (path: string, body: unknown) => {
    const answer = await hub.call('POST', `/api/v1/systems/shop/${path}`, { token: key, body });
    expect(answer.status).toBe(202);
    await hub.hub.app.get(Worker).drained();
    return answer.json<BatchAccepted>();
  };
  const push = (id: string, { at, ...row }: Row) =>
    sent('records', [{ id, data: { id, given: 'Vera', family: 'Oak', points: 0, changed: instant(at), ...row } }]);
  const sale = (id: string, event: string, rev: number, at: string) =>
    sent('events', [
      {
        specversion: '1.0',
        type: 'customer.incremented',
        source: '/shop',
        id: event,
        subject: id,
        rowversion: rev,
        time: instant(at),
        data: { points: 10 },
      },
    ]);
  const holds = async (id: string) =>
    ownRecord.parse((await hub.call('GET', `/api/v1/systems/shop/records/${id}`, { token: key })).json()).holds;
  const open = async () => holdPage.parse((await hub.asAdmin('GET', '/api/v1/holds')).json()).holds;
  const askedOf = async (id: string): Promise<Hold> => {
    const found = (await open()).find(({ sourceId }) => sourceId === id);
    if (!found) throw new Error(`Nobody is asked about ${id}.`);
    return found;
  };
  const answer = (holdId: number, body: object) => hub.asAdmin('POST', `/api/v1/holds/${holdId}/answer`, body);
  /** All records of a system that was restored are derived anew, and what waited for that is taken in. */
  const derived = async () => {
    await hub.hub.app.get(Worker).drained();
    while (await hub.hub.app.get(Rederive).next());
  };
  const inOnePlace = async () => {
    const { accepted, waiting, applied, superseded, error } = (
      await hub.asAdmin('GET', '/api/v1/status')
    ).json<Status>().inbox;
    expect(waiting + applied + superseded + error).toBe(accepted);
  };

  /** Three sales of ten points; the row is set back, and the same three are made again at the versions that they had. */
  const soldAgain = async (id: string, hour = '10') => {
    await push(id, { rev: 1, at: `${hour}:00` });
    for (const n of [1, 2, 3]) await sale(id, `${id}-${n}`, 1 + n, `${hour}:0${n}`);
    for (const n of [1, 2, 3]) await sale(id, `${id}-again-${n}`, 1 + n, `${hour}:3${n}`);
  };

  it('three sales whose row was set back and that were made again count once, until a person says what it was', async () => {
    await soldAgain('sales');
    expect(await holds('sales')).toMatchObject({ points: 30 });
    expect(await askedOf('sales')).toMatchObject({
      reason: 'restore',
      rows: 1,
      told: 3,
      question: 'shop told of two different growths of row sales at version 2.',
    });
    await inOnePlace();
  });

  it('restored: what the lost sales had made is gone, and those made again count once', async () => {
    const { holdId } = await askedOf('sales');
    const late = await answer(holdId, {
      answer: 'restored',
      setBackTo: instant('10:00'),
      restoredAt: instant('10:32'),
    });
    expect(late.problem().detail).toContain('restoredAt cannot be later than that');
    const told = { answer: 'restored', setBackTo: instant('10:00'), restoredAt: instant('10:20') };
    expect(holdSchema.parse((await answer(holdId, told)).json())).toMatchObject({ answer: 'restored' });
    await derived();
    expect(await holds('sales')).toMatchObject({ points: 30 });
    await sale('sales', 'sales-4', 5, '10:40');
    expect(await holds('sales')).toMatchObject({ points: 40 });
    expect((await answer(holdId, told)).problem().code).toBe('not-possible');
    expect(await open()).toEqual([]);
  });

  it('restored, but the held row alone: it holds again what it held then, and every other row stays', async () => {
    await push('beside', { rev: 1, at: '16:10', given: 'Late' });
    await soldAgain('alone', '16');
    const told = { answer: 'restored', setBackTo: instant('16:00'), restoredAt: instant('16:20'), rows: 'held' };
    expect((await answer((await askedOf('alone')).holdId, told)).status).toBe(201);
    await sale('alone', 'alone-4', 5, '16:40');
    expect(await holds('alone')).toMatchObject({ points: 40 });
    expect(await holds('beside')).toMatchObject({ given: 'Late' });
    expect(await open()).toEqual([]);
  });

  it('an edit that reused a version after the row was set back is no tie: it is asked about, and counts when it is let in', async () => {
    await push('edit', { rev: 1, at: '11:00' });
    await push('edit', { rev: 2, at: '11:01', given: 'Wera' });
    await push('edit', { rev: 2, at: '11:03', given: 'Verena' });
    await push('edit', { rev: 3, at: '11:04', given: 'Veronica' });
    expect(await holds('edit')).toMatchObject({ given: 'Wera' });
    const { holdId, told, since } = await askedOf('edit');
    expect({ told, since }).toEqual({ told: 2, since: '2026-03-01T11:03:00.000Z' });
    expect((await answer(holdId, { answer: 'anew' })).status).toBe(201);
    expect(await holds('edit')).toMatchObject({ given: 'Veronica' });
    await push('edit', { rev: 4, at: '11:06', given: 'Vroni' });
    expect(await holds('edit')).toMatchObject({ given: 'Vroni' });
    expect(await open()).toEqual([]);
  });

  it('drift: what is held never counts, and what is told after it does', async () => {
    for (const rev of [1, 2, 3]) await push('drift', { rev, at: `12:0${rev}`, given: `Vera ${rev}` });
    await push('drift', { rev: 2, at: '12:30', given: 'Set back' });
    await push('drift', { rev: 2, at: '12:30', given: 'Set back' });
    const { holdId, question } = await askedOf('drift');
    expect(question).toBe('shop pushed row drift twice at version 2, each time with other content.');
    await answer(holdId, { answer: 'drift' });
    expect(await holds('drift')).toMatchObject({ given: 'Vera 3' });
    await push('drift', { rev: 2, at: '12:30', given: 'Set back' });
    expect(await holds('drift')).toMatchObject({ given: 'Vera 3' });
    await push('drift', { rev: 3, at: '12:50', given: 'Edited' });
    expect(await holds('drift')).toMatchObject({ given: 'Edited' });
    expect(await open()).toEqual([]);
  });

  it('an answer that stands is shown with its system, is given to the next row by itself, and is ended by an admin', async () => {
    const twice = async (id: string) => {
      for (const rev of [1, 2]) await push(id, { rev, at: `12:0${rev}`, given: `Vera ${rev}` });
      await push(id, { rev: 2, at: '12:30', given: 'Set back' });
    };
    const standing = async () => {
      const { systems } = (await hub.asAdmin('GET', '/api/v1/systems')).json<{ systems: System[] }>();
      return systems.find(({ code }) => code === 'shop')!.standingAnswer;
    };
    await twice('first');
    expect((await answer((await askedOf('first')).holdId, { answer: 'anew', stands: true })).status).toBe(201);
    expect(await standing()).toMatchObject({ answer: 'anew', by: 'admin token', once: false });
    await twice('second');
    await expect.poll(open).toEqual([]);
    expect(await holds('second')).toMatchObject({ given: 'Set back' });

    const ended = await hub.asAdmin('PUT', '/api/v1/systems/shop/standing-answer', { answer: null });
    expect(ended.json<System>().standingAnswer).toBeNull();
    await twice('third');
    await answer((await askedOf('third')).holdId, { answer: 'drift' });
  });

  it('an edit of a row that was set back, at a version between, is asked about as well: its time says that it is later', async () => {
    for (const rev of [1, 4]) await push('between', { rev, at: `13:0${rev}`, given: `Vera ${rev}` });
    await push('between', { rev: 2, at: '13:30', given: 'Later' });
    expect((await askedOf('between')).question).toBe(
      'shop changed row between after version 4 was known, and called that version 2.',
    );
    expect(await holds('between')).toMatchObject({ given: 'Vera 4' });
    await answer((await askedOf('between')).holdId, { answer: 'anew' });
    expect(await holds('between')).toMatchObject({ given: 'Later' });
  });

  it('two rows of one version on lines of one body are a question as well, and nothing is lost of either', async () => {
    const line = (rev: number, given: string) => ({ id: 'body', data: { id: 'body', given, family: 'Oak', rev } });
    await sent('records', [line(1, 'First'), line(1, 'Second'), line(2, 'Third')]);
    expect(await holds('body')).toMatchObject({ given: 'First' });
    expect(await askedOf('body')).toMatchObject({ told: 2 });
    await answer((await askedOf('body')).holdId, { answer: 'anew' });
    expect(await holds('body')).toMatchObject({ given: 'Third' });
    await inOnePlace();
  });

  it('late pushes of older versions, repeats and re-stamps are ordinary: nobody is asked', async () => {
    await push('calm', { rev: 5, at: '14:05', given: 'Five' });
    await push('calm', { rev: 3, at: '14:03', given: 'Three' });
    await push('calm', { rev: 5, at: '14:05', given: 'Five' });
    await push('calm', { rev: 5, at: '14:45', given: 'Five' });
    await push('calm', { rev: 3, at: '14:50', given: 'Three' });
    for (const event of ['calm-1', 'calm-1']) await sale('calm', event, 6, '14:55');
    expect(await holds('calm')).toMatchObject({ given: 'Five', points: 10 });
    expect(await open()).toEqual([]);
  });

  it('many rows at once hold the whole system: what it pushes is accepted and waits, and counts once after the answer', async () => {
    await hub.asAdmin('PUT', '/api/v1/systems/shop/limits', { suspectedRows: 3, inboundShare: 1 });
    const many = ['m1', 'm2', 'm3'];
    for (const id of many) {
      await push(id, { rev: 1, at: '15:00' });
      await push(id, { rev: 2, at: '15:01', given: 'Lost' });
    }
    for (const id of many) await push(id, { rev: 2, at: '15:30', given: 'Since' });
    const [question, ...others] = await open();
    expect([question, others]).toMatchObject([{ isWhole: true, rows: 3, told: 3 }, []]);
    expect(question!.question).toBe('3 rows of shop look at once as if it had been set back.');
    for (const points of [10, 20]) await push('m4', { rev: 1, at: '15:40', points });
    const { inbox, troubles } = (await hub.asAdmin('GET', '/api/v1/status')).json<Status>();
    expect([inbox.waiting, troubles.map(({ code }) => code)]).toEqual([2, ['system-held']]);
    await inOnePlace();

    const told = { answer: 'restored', setBackTo: instant('15:00'), restoredAt: instant('15:20') };
    expect((await answer(question!.holdId, told)).status).toBe(201);
    await derived();
    for (const id of many) expect(await holds(id)).toMatchObject({ given: 'Since' });
    expect(await holds('m4')).toMatchObject({ points: 10 });
    expect((await askedOf('m4')).isWhole).toBe(false);
    await answer((await askedOf('m4')).holdId, { answer: 'drift' });
    await inOnePlace();
  });

  it('an answer says all that it needs, and nothing else', async () => {
    expect((await answer(999_999, { answer: 'drift' })).problem().code).toBe('not-found');
    for (const body of [{ answer: 'perhaps' }, { answer: 'drift', why: 'so' }, { answer: 'restored' }])
      expect((await answer(1, body)).problem().code).toBe('invalid-request');
    expect((await hub.asAdmin('GET', '/api/v1/holds/999999')).problem().code).toBe('not-found');
  });
});
