import { monitorEventLoopDelay } from 'node:perf_hooks';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { mostRejects } from '@cinch/api-contract';
import type {} from '../../../../../scripts/test-postgres.ts';
import { ListeningHub } from '../../../test/listening-hub.ts';

/** The hub answers nobody for so long at most; five times what it aims at, for a machine that does other things. */
const mostBlockedMs = 250;

describe('a body that is bad from end to end', () => {
  let hub: ListeningHub;
  let token: string;
  const many = (text: string, between: string, count = 90_000) =>
    Array.from({ length: count }, () => text).join(between);
  const push = (kind: 'records' | 'events', type: string, raw: string) =>
    hub.call('POST', `/api/v1/systems/shop/${kind}`, { token, headers: { 'content-type': type }, raw });

  beforeAll(async () => {
    hub = await ListeningHub.open(inject('postgresUrl'), { ROLE: 'api' });
    token = await hub.aSystem('shop');
    await push('records', 'application/x-ndjson', '{}');
  });
  afterAll(() => hub?.close());

  it.each([
    ['lines', 'records', 'application/x-ndjson', many('{}', '\n')],
    ['lines that are no JSON', 'records', 'application/x-ndjson', many('{', '\n')],
    ['an array', 'records', 'application/json', `[${many('{}', ',')}]`],
    ['events', 'events', 'application/cloudevents-batch+json', `[${many('{"a":1}', ',')}]`],
  ] as const)('of %s is refused in words, and keeps nobody else waiting', async (_, kind, type, raw) => {
    const loop = monitorEventLoopDelay({ resolution: 5 });
    loop.enable();
    const answers = await Promise.all([push(kind, type, raw), push(kind, type, raw), push(kind, type, raw)]);
    loop.disable();
    expect(answers.map((answer) => [answer.status, answer.problem().detail])).toEqual(
      answers.map(() => [400, expect.stringContaining(`More than ${mostRejects} lines cannot be taken`)]),
    );
    expect(loop.max / 1e6).toBeLessThan(mostBlockedMs);
  });

  it('but for so many lines is taken, each of these told', async () => {
    const raw = `${many('{}', '\n', mostRejects)}\n{"id":"1","data":{}}`;
    const answer = await push('records', 'application/x-ndjson', raw);
    expect(answer.status).toBe(202);
    expect(answer.json<{ rejected: unknown[] }>().rejected).toHaveLength(mostRejects);
  });
});
