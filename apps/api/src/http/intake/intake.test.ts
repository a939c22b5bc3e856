import type { Batch, BatchAccepted, Status } from '@cinch/api-contract';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import type {} from '../../../../../scripts/test-postgres.ts';
import { Worker } from '../../pipeline/worker.ts';
import { ListeningHub, type Answer } from '../../../test/listening-hub.ts';

const ndjson = { 'content-type': 'application/x-ndjson' };
const records = '/api/v1/systems/shop/records';
const line = (id: string, family = 'Doe') => JSON.stringify({ id, version: 1, data: { id, given: 'Jo', family } });

describe('taking records in', () => {
  let hub: ListeningHub;
  let token: string;
  const push = (raw: string | Buffer, headers: Record<string, string> = ndjson): Promise<Answer> =>
    hub.call('POST', records, { token, headers, raw });
  beforeAll(async () => {
    hub = await ListeningHub.open(inject('postgresUrl'), { UPLOAD_LIMIT_MIB: '34' });
    token = await hub.aSystem('shop');
  });
  afterAll(() => hub?.close());

  it('takes the good lines, names each bad one by its line, and accounts for all of them', async () => {
    const answer = await push([line('a1'), 'no json', '', '{"id":"a2"}', line('a3')].join('\n'));
    expect(answer.status).toBe(202);
    const { batchId, accepted, rejected } = answer.json<BatchAccepted>();
    expect(accepted).toBe(2);
    expect(rejected.map(({ line, code, path }) => [line, code, path])).toEqual([
      [2, 'not-json', ''],
      [4, 'wrong-form', 'data'],
    ]);
    await hub.hub.app.get(Worker).drained();
    const batch = (await hub.asAdmin('GET', `/api/v1/batches/${batchId}`)).json<Batch>();
    expect(batch).toMatchObject({ accepted: 2, waiting: 0, applied: 2, superseded: 0, error: 0, rejected: 2 });
    const { inbox } = (await hub.asAdmin('GET', '/api/v1/status')).json<Status>();
    expect(inbox.accepted).toBe(inbox.waiting + inbox.applied + inbox.superseded + inbox.error);
  });

  it('unpacks what comes as gzip, and bounds what it unpacks to', async () => {
    const packed = (text: string) => push(gzipSync(text), { ...ndjson, 'content-encoding': 'gzip' });
    const answer = await packed(`${line('z1')}\n${line('z2')}`);
    expect(answer.json<BatchAccepted>()).toMatchObject({ accepted: 2, rejected: [] });
    const bomb = await packed('x'.repeat(40 * 1024 * 1024));
    expect([bomb.status, bomb.problem().code]).toEqual([413, 'payload-too-large']);
    const torn = await push(gzipSync(line('z3')).subarray(0, 20), { ...ndjson, 'content-encoding': 'gzip' });
    expect([torn.status, torn.problem().code]).toEqual([400, 'invalid-request']);
    const strange = await push(line('z4'), { ...ndjson, 'content-encoding': 'zstd-9' });
    expect([strange.status, strange.problem().code]).toEqual([415, 'unsupported-media-type']);
  });

  it('answers the same key and body with the first answer, and refuses another body', async () => {
    const headers = { ...ndjson, 'idempotency-key': 'once' };
    const body = `${line('b1')}\nno json`;
    const first = (await push(body, headers)).json<BatchAccepted>();
    expect((await push(body, headers)).json<BatchAccepted>()).toEqual(first);
    const other = await push(line('b2'), headers);
    expect([other.status, other.problem().code]).toEqual([409, 'idempotency-reused']);
  });

  it('takes the same key and body sent side by side once', async () => {
    const headers = { ...ndjson, 'idempotency-key': 'side by side' };
    const answers = await Promise.all(Array.from({ length: 5 }, () => push(line('c1'), headers)));
    const batches = answers.map((answer) => answer.json<BatchAccepted>().batchId);
    expect(new Set(batches).size).toBe(1);
  });

  it('takes CloudEvents singly and in a batch', async () => {
    const event = {
      specversion: '1.0',
      id: 'e',
      source: '/shop',
      type: 'customer.changed',
      subject: 'd1',
      data: { id: 'd1' },
    };
    const send = (body: unknown, type: string) =>
      hub.call('POST', '/api/v1/systems/shop/events', {
        token,
        headers: { 'content-type': type },
        raw: JSON.stringify(body),
      });
    const single = await send(event, 'application/cloudevents+json');
    expect(single.json<BatchAccepted>()).toMatchObject({ accepted: 1, rejected: [] });
    const batch = await send([event, { ...event, type: 'customer.sold' }], 'application/cloudevents-batch+json');
    expect(batch.json<BatchAccepted>()).toMatchObject({ accepted: 1, rejected: [{ line: 2, path: 'type' }] });
  });

  it('names the increment that lacks its version and takes the events beside it', async () => {
    const event = { specversion: '1.0', source: '/shop', subject: 'd2', rowversion: 2 };
    const body = [
      { ...event, id: '1', type: 'customer.patched', data: { family: 'Roe' } },
      { ...event, id: '2', type: 'customer.incremented', data: { points: 5 }, rowversion: undefined },
      { ...event, id: '3', type: 'customer.incremented', data: { points: 5 } },
      { ...event, id: '4', type: 'customer.deleted', rowversion: 3 },
    ];
    const answer = await hub.call('POST', '/api/v1/systems/shop/events', {
      token,
      headers: { 'content-type': 'application/cloudevents-batch+json' },
      raw: JSON.stringify(body),
    });
    expect(answer.json<BatchAccepted>()).toMatchObject({
      accepted: 3,
      rejected: [{ line: 2, code: 'increment-without-version', path: 'rowversion' }],
    });
  });

  it.each([
    ['lines over the limit', () => push(Buffer.alloc(35 * 1024 * 1024, 32)), 413, 'payload-too-large'],
    [
      'an array over the limit',
      () => push(Buffer.alloc(33 * 1024 * 1024, 32), { 'content-type': 'application/json' }),
      413,
      'payload-too-large',
    ],
    ['a large body of empty lines', () => push(Buffer.alloc(6 * 1024 * 1024, '\n')), 400, 'invalid-request'],
    ['a large array sent as lines', () => push(`${'\n'.repeat(5_000_000)}[${line('f4')}]`), 400, 'invalid-request'],
    ['another content type', () => push(line('f1'), { 'content-type': 'text/plain' }), 415, 'unsupported-media-type'],
    [
      'another charset',
      () => push(line('f5'), { 'content-type': 'application/x-ndjson; charset=utf-16' }),
      415,
      'unsupported-media-type',
    ],
    [
      'an idempotency key that is empty',
      () => push(line('f6'), { ...ndjson, 'idempotency-key': '' }),
      400,
      'invalid-request',
    ],
    ['an empty body', () => push(''), 400, 'invalid-request'],
    ['a body of empty lines', () => push('\n\n'), 400, 'invalid-request'],
    ['an array sent as lines', () => push(`[${line('f2')}]`), 400, 'invalid-request'],
    [
      'an array that breaks off',
      () => push(`[${line('f3')}`, { 'content-type': 'application/json' }),
      400,
      'invalid-request',
    ],
  ])('refuses %s in words', async (_, send, status, code) => {
    const answer = await send();
    expect(answer.headers.get('content-type')).toContain('application/problem+json');
    expect(answer.problem()).toMatchObject({ status, code });
    expect(answer.problem().detail).toMatch(/\.$/);
  });

  it('asks for a mapping before the first push', async () => {
    await hub.asAdmin('POST', '/api/v1/systems', { code: 'bare', name: 'Bare' });
    const { key } = (await hub.asAdmin('POST', '/api/v1/systems/bare/keys')).json<{ key: string }>();
    const answer = await hub.call('POST', '/api/v1/systems/bare/records', {
      token: key,
      headers: ndjson,
      raw: line('1'),
    });
    expect(answer.problem().code).toBe('mapping-missing');
  });

  it('streams the crosswalk of what was taken', async () => {
    await push(line('g1'));
    await hub.hub.app.get(Worker).drained();
    const answer = await hub.asAdmin('GET', '/api/v1/crosswalk');
    const lines = answer.text
      .trimEnd()
      .split('\n')
      .map((text) => JSON.parse(text) as { sourceId: string });
    expect(lines.map((one) => one.sourceId)).toContain('g1');
  });
});
