import { once } from 'node:events';
import { request, type ClientRequest, type IncomingMessage } from 'node:http';
import { Readable } from 'node:stream';
import { createGzip, gzipSync } from 'node:zlib';
import type { Batch, BatchAccepted, Load, Problem } from '@cinch/api-contract';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import type {} from '../../../../../scripts/test-postgres.ts';
import { Database } from '../../platform/transaction.ts';
import { ListeningHub } from '../../../test/listening-hub.ts';
import { memoryNow } from '../../../test/memory.ts';

const mib = 1024 * 1024;
const filling = 'x'.repeat(900);
const line = (id: number) =>
  JSON.stringify({ id: String(id), version: 1, data: { id: String(id), given: 'Jo', filling } });

/** About a kilobyte a line; every thousandth is bad. */
function* linesOf(count: number): Generator<string> {
  for (let id = 1; id <= count; id += 1) yield id % 1_000 === 0 ? `{"id":"${id}"}\n` : `${line(id)}\n`;
}

describe('bodies that are stored as they come', () => {
  let hub: ListeningHub;
  let token: string;
  const records = '/api/v1/systems/shop/records';
  const sql = <Row>(text: string) => hub.hub.app.get(Database).transaction((tx) => tx.query<Row>(text));
  /** What it has not sent when it is refused, it cannot send any more: the answer is what counts. */
  /** What is left of it when it is refused is cut off: the answer is what counts. */
  const begin = (headers: Record<string, string> = {}, path = records): ClientRequest =>
    request(hub.url + path, {
      method: 'POST',
      agent: false,
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/x-ndjson', ...headers },
    }).on('error', () => undefined);
  const answerOf = async (sent: ClientRequest): Promise<{ status: number; body: BatchAccepted & Problem }> => {
    const [response] = (await once(sent, 'response')) as [IncomingMessage];
    const text = (await response.setEncoding('utf8').toArray()).join('');
    return { status: response.statusCode!, body: JSON.parse(text) as BatchAccepted & Problem };
  };
  const stream = (source: Readable, headers: Record<string, string> = {}, path = records) => {
    const sent = begin(headers, path);
    source.pipe(sent);
    return answerOf(sent);
  };
  /** Nothing of a body may be left; what is under way has its transaction open. */
  const batches = () => sql<{ n: number }>('select n from inbox_batch union all select n from inbox_chunk');
  const openTransactions = async () => {
    const [row] = await sql<{ n: number }>(
      `select count(*) as n from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid() and xact_start is not null
         and backend_type = 'client backend'`,
    );
    return row!.n;
  };
  const atRest = async () => {
    await expect.poll(openTransactions).toBe(0);
  };
  beforeAll(async () => {
    hub = await ListeningHub.open(inject('postgresUrl'), { ROLE: 'api', UPLOAD_LIMIT_MIB: '100' });
    token = await hub.aSystem('shop');
  });
  afterAll(() => hub?.close());

  it('leave nothing when their sender breaks off, and are taken when it sends them again under the same key', async () => {
    const headers = { 'idempotency-key': 'again' };
    const torn = begin(headers);
    torn.on('error', () => undefined);
    for (const text of linesOf(8_000)) if (!torn.write(text)) await once(torn, 'drain');
    torn.destroy();
    await atRest();
    expect(await batches()).toEqual([]);
    const { status, body } = await stream(Readable.from(linesOf(8_000)), headers);
    expect([status, body.accepted, body.rejected.length]).toEqual([202, 7_992, 8]);
    expect(
      await sql('select sum(n)::int as n, min(seq) as first, max(seq) as last, count(*) as chunks from inbox_chunk'),
    ).toEqual([{ n: 7_992, first: 1, last: expect.any(Number), chunks: expect.any(Number) }]);
    const again = await stream(Readable.from(linesOf(8_000)), headers);
    expect(again.body).toEqual(body);
    const other = await stream(Readable.from(linesOf(8_001)), headers);
    expect([other.status, other.body.code]).toEqual([409, 'idempotency-reused']);
    const batch = (await hub.asAdmin('GET', `/api/v1/batches/${body.batchId}`)).json<Batch>();
    expect(batch).toMatchObject({ accepted: 7_992, waiting: 7_992, rejected: 8 });
  });

  it('are held in memory only piece by piece, also when they come packed', async () => {
    const used = () => {
      const { heapUsed, external } = memoryNow();
      return (heapUsed + external) / mib;
    };
    let most = 0;
    const before = used();
    function* measured() {
      let sent = 0;
      for (const text of linesOf(80_000)) {
        if ((sent += 1) % 10_000 === 0) most = Math.max(most, used());
        yield text;
      }
    }
    const packed = Readable.from(measured()).pipe(createGzip({ level: 1 }));
    const { status, body } = await stream(packed, { 'content-encoding': 'gzip' });
    expect([status, body.accepted, body.rejected.length]).toEqual([202, 79_920, 80]);
    // 80 MB went through; what the sender holds is in it.
    expect(most - before).toBeLessThan(40);
  });

  it('belong to a load, whose keys in bad lines count as shown', async () => {
    const opened = await hub.call('POST', '/api/v1/systems/shop/loads', { token, body: {} });
    const { loadId } = opened.json<Load>();
    const { body } = await stream(Readable.from(linesOf(6_000)), {}, `${records}?load=${loadId}`);
    expect([body.accepted, body.rejected.length]).toEqual([5_994, 6]);
    expect(await sql(`select count(*) as n from load_rejected_key where load_id = ${loadId}`)).toEqual([{ n: 6 }]);
    await hub.call('POST', `/api/v1/loads/${loadId}/abort`, { token });
  });

  it.each([
    ['is too large', () => Readable.from(linesOf(110_000)), {}, 413, 'payload-too-large'],
    [
      'is too large once it is unpacked',
      () => Readable.from(blankAfterOne(101)).pipe(createGzip()),
      { 'content-encoding': 'gzip' },
      413,
      'payload-too-large',
    ],
    [
      'breaks off within its packing',
      () => Readable.from([...packedPieces(20_000)].slice(0, -1)),
      { 'content-encoding': 'gzip' },
      400,
      'invalid-request',
    ],
    ['says nothing for too long', () => Readable.from(['\n'.repeat(65 * 1024)]), {}, 400, 'invalid-request'],
    ['is bad from end to end', () => Readable.from(['no json\n'.repeat(800_000)]), {}, 400, 'invalid-request'],
    [
      'is a bomb',
      () => Readable.from(blankAfterOne(50)).pipe(createGzip()),
      { 'content-encoding': 'gzip' },
      413,
      'payload-too-large',
    ],
  ])('leave nothing and are refused in words when one %s', async (_, source, headers, status, code) => {
    const before = await batches();
    const answer = await stream(source(), headers);
    expect([answer.status, answer.body.code]).toEqual([status, code]);
    await atRest();
    expect(await batches()).toEqual(before);
  });

  it('are refused before they are read where nobody would take them, and their sender gets to read why', async () => {
    const opened = await hub.call('POST', '/api/v1/systems/shop/loads', { token, body: {} });
    const { loadId } = opened.json<Load>();
    await hub.call('POST', `/api/v1/loads/${loadId}/abort`, { token });
    const { status, body } = await stream(Readable.from(linesOf(20_000)), {}, `${records}?load=${loadId}`);
    expect([status, body.code]).toEqual([409, 'load-closed']);
    await atRest();
  });

  it('are two at once of a system, which leaves as many to others however slowly it sends; small ones are taken meanwhile', async () => {
    const others = await hub.aSystem('depot');
    const dripping = async (by: string, path: string) => {
      const sent = begin({ authorization: `Bearer ${by}` }, path);
      sent.on('error', () => undefined);
      for (const text of linesOf(6_000)) if (!sent.write(text)) await once(sent, 'drain');
      return sent;
    };
    const open = await Promise.all([dripping(token, records), dripping(token, records)]);
    await expect.poll(openTransactions).toBe(2);
    const third = await hub.call('POST', records, {
      token,
      headers: { 'content-type': 'application/x-ndjson' },
      raw: [...linesOf(6_000)].join(''),
    });
    expect([third.status, third.problem().code, third.headers.get('retry-after')]).toEqual([429, 'uploads-busy', '10']);
    const small = await hub.call('POST', records, {
      token,
      headers: { 'content-type': 'text/csv' },
      raw: 'id,given,family\n1,Jo,Doe\n',
    });
    expect(small.status).toBe(202);
    open.push(await dripping(others, '/api/v1/systems/depot/records'));
    await expect.poll(openTransactions).toBe(3);
    const answers = open.map((sent) => answerOf(sent.end()));
    expect((await Promise.all(answers)).map(({ status, body }) => [status, body.accepted])).toEqual(
      open.map(() => [202, 5_994]),
    );
  });
});

function packedPieces(count: number): Buffer[] {
  const packed = gzipSync([...linesOf(count)].join(''));
  return Array.from({ length: 10 }, (_, index) =>
    packed.subarray((index * packed.length) / 10, ((index + 1) * packed.length) / 10),
  );
}

/** A record, and then so many MiB that say nothing. */
function blankAfterOne(mibs: number): Buffer[] {
  return [...linesOf(1)]
    .map((line) => Buffer.from(line))
    .concat(Array.from({ length: mibs }, () => Buffer.alloc(mib, '\n')));
}
