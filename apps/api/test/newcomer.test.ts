import { dryRunAnswer, holdPage, holdPreview, type BatchAccepted, type Hold, type System } from '@cinch/api-contract';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { compareState, inWords } from '../../../scripts/compare-state/compare.ts';
import { aMapping } from './listening-hub.ts';
import { phoneOf, row, sixty, Sixty } from './sixty.ts';

const mapping = (code: string) => ({
  ...aMapping(code),
  version: { path: 'rev' },
  changedAt: { path: 'changed', steps: [{ step: 'isoInstant' }] },
  attributes: [
    ...aMapping(code).attributes,
    { attribute: 'phone.primary', path: 'phone' },
    { attribute: 'email.primary', path: 'email' },
  ],
});

/** Two systems know sixty customers; a third one comes, which tells of them otherwise. */
describe('a newcomer: what it would change of others waits until its reach was seen (rule 31)', () => {
  let hub: Sixty;
  let without: Sixty;
  const keys = new Map<string, string>();
  beforeAll(async () => {
    [hub, without] = await Promise.all([Sixty.open({ isBraked: true }), Sixty.open({ isBraked: true })]);
  }, 60_000);
  afterAll(() => Promise.all([hub?.hub.close(), without?.hub.close()]));

  const asAdmin = (method: string, path: string, body?: object) => hub.hub.asAdmin(method, `/api/v1${path}`, body);
  const begins = async (code: string) => {
    await asAdmin('POST', '/systems', { code, name: code });
    await asAdmin('PUT', `/systems/${code}/mapping`, { document: mapping(code) });
    await asAdmin('PUT', `/systems/${code}/mastering`, { mastering: 'new' });
    keys.set(code, (await asAdmin('POST', `/systems/${code}/keys`)).json<{ key: string }>().key);
  };
  const push = async (code: string, lines: object[], query = '') => {
    const path = `/api/v1/systems/${code}/records${query}`;
    const answer = await hub.hub.call('POST', path, { token: keys.get(code)!, body: lines });
    await hub.workedOff();
    return answer;
  };
  const open = async (): Promise<Hold[]> => holdPage.parse((await asAdmin('GET', '/holds')).json()).holds;
  const moved = async (good: (n: number) => unknown) => {
    const expected = new Set(sixty.map(good));
    return (await hub.phones()).filter((phone) => !expected.has(phone)).length;
  };
  const masteringOf = async (code: string) =>
    (await asAdmin('GET', '/systems')).json<{ systems: System[] }>().systems.find((one) => one.code === code)!
      .mastering;
  /** Told later than what stands, with another phone. */
  const others = (n: number) => ({ ...row(n, 20, { phone: `+120255577${String(n).padStart(2, '0')}` }), id: `t${n}` });
  const lines = (of: readonly number[]) => of.map(others).map(({ id, data }) => ({ id, data: { ...data, id } }));

  it('the dry run of a third system says which golden values and rows of the others it would change, and nothing is changed', async () => {
    await begins('third');
    const dry = dryRunAnswer.parse((await push('third', lines(sixty), '?dryRun=1')).json());
    expect(dry.records).toMatchObject({ new: 60, joining: 60 });
    expect(dry.reach).toMatchObject({ count: 60, begun: 0, attributes: [{ attribute: 'phone.primary', changed: 60 }] });
    const rows = Object.fromEntries(dry.reach.systems.map((one) => [one.system, one.rows]));
    expect(rows).toEqual({ shop: 60, desk: 60 });
    expect(await moved(phoneOf)).toBe(0);
  });

  it('five of its customers pass, the rest is one question that names what it would change; thrown back it never happened', async () => {
    const answer = await push('third', lines(sixty));
    expect(answer.json<BatchAccepted>().accepted).toBe(60);
    expect(await moved(phoneOf)).toBe(5);
    const [hold, ...more] = await open();
    expect(more).toEqual([]);
    expect(hold).toMatchObject({ system: 'third', reason: 'newcomer', rows: 55, passed: 5 });
    expect(hold!.question).toBe(
      'third is new, and would change 55 customers that others told of: Phone of 55. Let it in, or throw it back?',
    );
    const thrown = await asAdmin('POST', `/holds/${hold!.holdId}/answer`, { answer: 'thrown-back', alsoPassed: true });
    expect(thrown.status).toBe(201);
    await hub.workedOff();
    expect(await moved(phoneOf)).toBe(0);
    const { differences } = await compareState(without.hub.databaseUrl, hub.hub.databaseUrl, {
      without: ['timelines', 'batches', 'loads', 'history', 'decisions', 'errors'],
      isLeftOut: (_, name) => name.startsWith('third'),
    });
    expect(differences.map(inWords)).toEqual([]);
    expect(await masteringOf('third')).toBe('new');
  });

  it('let in by the number that was read, all of it counts as its preview said, and the system is new no more', async () => {
    await begins('fourth');
    await push('fourth', lines(sixty));
    expect(await moved(phoneOf)).toBe(5);
    const [hold] = await open();
    const preview = holdPreview.parse((await asAdmin('POST', `/holds/${hold!.holdId}/preview`)).json());
    const letIn = preview.answers.find(({ answer }) => answer === 'let-in')!.reach!;
    expect(letIn).toMatchObject({ count: 55, attributes: [{ attribute: 'phone.primary', changed: 55 }] });
    expect(preview.answers.find(({ answer }) => answer === 'thrown-back')!.reach).toMatchObject({ count: 0 });
    expect(await open(), 'a preview answers nothing').toHaveLength(1);
    const unread = await asAdmin('POST', `/holds/${hold!.holdId}/answer`, { answer: 'let-in' });
    expect(unread.problem()).toMatchObject({ code: 'reach-unseen', count: 55 });
    await asAdmin('POST', `/holds/${hold!.holdId}/answer`, { answer: 'let-in', count: 55 });
    await hub.workedOff();
    expect(await moved((n) => others(n).data.phone)).toBe(0);
    expect(await masteringOf('fourth')).toBe('on');
  });

  it('what changes nothing of others masters at once: the same values, customers of its own, and dates of years ago', async () => {
    await begins('fifth');
    const same = sixty.slice(0, 20).map((n) => ({ ...others(n), id: `f${n}` }));
    const own = sixty.slice(0, 20).map((n) => ({ ...row(n + 500, 3), id: `own${n}` }));
    const old = sixty.slice(20, 40).map((n) => {
      const { data } = row(n, 2, { phone: '+12025550666', changed: '2019-01-01T00:00:00.000Z' });
      return { id: `old${n}`, data };
    });
    const told = [...same, ...own, ...old].map(({ id, data }) => ({ id, data: { ...data, id } }));
    await push('fifth', told);
    expect(await open()).toEqual([]);
    expect(await moved((n) => others(n).data.phone), 'twenty customers of its own').toBe(20);
  });

  it('set to master before it tells anything, an admin has taken it on: nothing waits', async () => {
    await begins('sixth');
    expect((await asAdmin('PUT', '/systems/sixth/mastering', { mastering: 'on' })).status).toBe(200);
    const told = sixty.slice(0, 10).map((n) => row(n, 27, { phone: `+120255588${String(n).padStart(2, '0')}` }));
    await push(
      'sixth',
      told.map(({ id, data }) => ({ id: `s${id}`, data: { ...data, id: `s${id}` } })),
    );
    expect(await open()).toEqual([]);
  });
});
