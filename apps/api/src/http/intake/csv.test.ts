import { gzipSync } from 'node:zlib';
import type { Batch, BatchAccepted, Load, OwnRecord } from '@cinch/api-contract';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import type {} from '../../../../../scripts/test-postgres.ts';
import { Worker } from '../../pipeline/worker.ts';
import { aMapping, ListeningHub, type Answer } from '../../../test/listening-hub.ts';

const csv = { 'content-type': 'text/csv; charset=utf-8' };
const mapping = (more: object[] = []) => ({
  ...aMapping('shop'),
  version: { path: 'rev' },
  changedAt: { path: 'changed', steps: [{ step: 'epochSeconds' }] },
  attributes: [...aMapping('shop').attributes, { attribute: 'points', path: 'points' }, ...more],
});
const header = 'id,rev,changed,given,family,points';

describe('taking records in as CSV', () => {
  let hub: ListeningHub;
  let token: string;
  const push = (raw: string | Buffer, headers: Record<string, string> = csv, query = ''): Promise<Answer> =>
    hub.call('POST', `/api/v1/systems/shop/records${query}`, { token, headers, raw });
  const drained = () => hub.hub.app.get(Worker).drained();
  const record = async (id: string) =>
    (await hub.call('GET', `/api/v1/systems/shop/records/${id}`, { token })).json<OwnRecord>();
  beforeAll(async () => {
    hub = await ListeningHub.open(inject('postgresUrl'));
    token = await hub.aSystem('shop', mapping());
  });
  afterAll(() => hub?.close());

  it('reads key, version, time and numbers from the columns that the mapping names, and says what it does not read', async () => {
    const answer = await push(`\ufeff${header},note\r\n7,3,1700000000,Jo,"Doe, Jr.",120,"line one\r\nline two"\r\n`);
    expect(answer.status).toBe(202);
    expect(answer.json<BatchAccepted>()).toMatchObject({ accepted: 1, rejected: [], unmappedColumns: ['note'] });
    await drained();
    const { version, changedAt, holds } = await record('7');
    expect([version, changedAt, holds]).toEqual([
      3,
      '2023-11-14T22:13:20.000Z',
      { given: 'Jo', family: 'Doe, Jr.', points: 120 },
    ]);
  });

  it('names each bad line by the line on which it begins, and what cannot be read by its column', async () => {
    const answer = await push(`${header}\n8,1,,"Jo\nAnn",Doe,many\n9,1,Jo\n10,1,,Jo,Roe,`);
    const { batchId, accepted, rejected } = answer.json<BatchAccepted>();
    expect([accepted, rejected.map(({ line, code }) => [line, code])]).toEqual([2, [[4, 'cell-count']]]);
    await drained();
    const batch = (await hub.call('GET', `/api/v1/batches/${batchId}`, { token })).json<Batch>();
    expect(batch).toMatchObject({ accepted: 2, applied: 2, error: 0, rejected: 1 });
    expect(batch.notes).toMatchObject([{ line: 2, sourceId: '8', code: 'not-a-number', path: 'points' }]);
  });

  it('lets an empty cell mean what the mapping says of a value that is not there', async () => {
    await push(`${header}\n11,1,,Jo,Doe,5`);
    await push(`${header}\n11,2,,Jo,Doe,`);
    await drained();
    const { asserts } = await record('11');
    expect(asserts.find(({ attribute }) => attribute === 'points')).toMatchObject({ display: 'none' });
  });

  it('refuses a file as a whole whose header lacks what the mapping reads, and names every column', async () => {
    const answer = await push('id,rev,changed,given\n12,1,,Jo');
    const { status, code, detail, errors } = answer.problem();
    expect([status, code]).toEqual([400, 'invalid-request']);
    expect(detail).toContain('reads family');
    expect(errors!.map(({ path, code: fault }) => [path, fault])).toEqual([
      ['family', 'column-missing'],
      ['points', 'column-missing'],
    ]);
    expect((await hub.call('GET', '/api/v1/systems/shop/records/12', { token })).status).toBe(404);
  });

  it('comes packed and under an idempotency key, which answers as before when the mapping has changed since', async () => {
    const headers = { ...csv, 'idempotency-key': 'file', 'content-encoding': 'gzip' };
    const body = gzipSync(`${header},note\n13,1,,Jo,Doe,5,x\n14,1`);
    const first = (await push(body, headers)).json<BatchAccepted>();
    expect(first).toMatchObject({ accepted: 1, rejected: [{ line: 3 }], unmappedColumns: ['note'] });
    const more = [{ attribute: 'email.primary', path: 'note' }];
    await hub.asAdmin('PUT', '/api/v1/systems/shop/mapping', { document: mapping(more) });
    expect((await push(body, headers)).json<BatchAccepted>()).toEqual(first);
    await hub.asAdmin('PUT', '/api/v1/systems/shop/mapping', { document: mapping() });
    const other = await push(gzipSync(`${header}\n15,1,,Jo,Doe,5`), headers);
    expect([other.status, other.problem().code]).toEqual([409, 'idempotency-reused']);
    const sideBySide = { ...csv, 'idempotency-key': 'side by side' };
    const answers = await Promise.all([1, 2, 3].map(() => push(`${header}\n16,1,,Jo,Doe,5`, sideBySide)));
    expect(new Set(answers.map((answer) => answer.json<BatchAccepted>().batchId)).size).toBe(1);
  });

  it('may be a load: keys in bad lines count as shown', async () => {
    const opened = await hub.call('POST', '/api/v1/systems/shop/loads', { token, body: {} });
    const { loadId } = opened.json<Load>();
    const shown = ['7', '8', '10', '11', '13'].map((id) => `${id},9,,Jo,Doe ${id},`);
    const answer = await push([header, ...shown, '16,1'].join('\n'), csv, `?load=${loadId}`);
    expect(answer.json<BatchAccepted>()).toMatchObject({ accepted: 5, rejected: [{ line: 7, code: 'cell-count' }] });
    await hub.call('POST', `/api/v1/loads/${loadId}/complete`, { token, body: { expected: 6 } });
    await drained();
    await hub.asAdmin('POST', `/api/v1/loads/${loadId}/accept`);
    await drained();
    const load = (await hub.call('GET', `/api/v1/loads/${loadId}`, { token })).json<Load>();
    expect(load).toMatchObject({ state: 'swept', flagged: 0, accepted: 5 });
    const late = await push(`${header}\n7,9,,Jo,Doe,`, csv, `?load=${loadId}`);
    expect(late.problem().code).toBe('load-closed');
  });

  it.each([
    ['an empty body', () => push(''), 400, 'invalid-request'],
    ['a header alone', () => push(`${header}\n`), 400, 'invalid-request'],
    ['quotes that nothing closes', () => push(`${header}\n17,1,,"Jo,Doe,`), 400, 'invalid-request'],
    [
      'another charset',
      () => push(header, { 'content-type': 'text/csv; charset=latin1' }),
      415,
      'unsupported-media-type',
    ],
    ['no header', () => push('17', { 'content-type': 'text/csv; header=absent' }), 415, 'unsupported-media-type'],
    [
      'a packing that nobody knows',
      () => push('x', { ...csv, 'content-encoding': 'zstd-9' }),
      415,
      'unsupported-media-type',
    ],
    [
      'what is torn',
      () => push(gzipSync(`${header}\n17,1,,Jo,Doe,`).subarray(0, 30), { ...csv, 'content-encoding': 'gzip' }),
      400,
      'invalid-request',
    ],
  ])('refuses %s in words', async (_, send, status, code) => {
    const answer = await send();
    expect(answer.problem()).toMatchObject({ status, code, detail: expect.stringMatching(/\w+ \w+.*\.$/) });
  });

  it('is not taken of a system whose mapping reads lists, since no cell can hold one', async () => {
    const lists = [{ list: 'products', path: 'devices', members: { sku: { path: 'model' } } }];
    const key = await hub.aSystem('depot', { ...aMapping('depot'), lists });
    const answer = await hub.call('POST', '/api/v1/systems/depot/records', {
      token: key,
      headers: csv,
      raw: 'id,given,family\n1,Jo,Doe',
    });
    expect(answer.problem()).toMatchObject({ status: 400, errors: [{ path: 'devices', code: 'list-in-table' }] });
  });
});
