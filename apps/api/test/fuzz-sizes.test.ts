import type { OpenAPIObject } from '@nestjs/swagger';
import { routes, type Problem } from '@cinch/api-contract';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import type {} from '../../../scripts/test-postgres.ts';
import { routeNames } from '../src/http/access/rights.ts';
import { OpenApi } from '../src/http/openapi/openapi.ts';
import { Random } from './histories/random.ts';
import { ListeningHub, type Answer } from './listening-hub.ts';
import { memoryNow } from './memory.ts';
import { aPerson, type TestPerson } from './people.ts';
import { sensible, wildText, wildValue, type Schema } from './wild-values.ts';

/** So many calls of each route; FUZZ_SEED repeats a run. In `npm test` a slice of it. */
const usual = process.env['npm_lifecycle_event'] === 'fuzz' ? 60 : 2;
const runsEach = Number(process.env['FUZZ_SIZES'] ?? usual);
const seed = Number(process.env['FUZZ_SEED'] ?? 7);
const mostGrowth = 256 * 1024 * 1024;
/** What it answers has no end. */
const endless = 'GET /api/v1/live';
/** What they end would end the fuzzing: who calls here must stay who they are. */
const endsCallers = /\/(session|account\/|keys\/:keyId\/revoke|disable|users\/:userId)/;

interface Operation {
  parameters?: { name: string; in: string; schema?: Schema }[];
  requestBody?: { content: Record<string, { schema: Schema }> };
}

let hub: ListeningHub;
let document: OpenAPIObject;
let steward: TestPerson;
let key: string;

beforeAll(async () => {
  hub = await ListeningHub.open(inject('postgresUrl'), { ROLE: 'api' });
  hub.tellAtOnce();
  document = hub.hub.app.get(OpenApi).document();
  key = await hub.aSystem('shop');
  steward = await aPerson(hub, 'steward');
}, 120_000);
afterAll(() => hub?.close());

const callers = ['admin', 'system', 'steward', 'nobody'] as const;
type Caller = (typeof callers)[number];

function callAs(caller: Caller, method: string, path: string, type: string, raw: Buffer | undefined): Promise<Answer> {
  const headers: Record<string, string> = raw ? { 'content-type': type } : {};
  switch (caller) {
    case 'admin':
      return hub.call(method, path, { token: ListeningHub.adminToken, headers, raw });
    case 'system':
      return hub.call(method, path, { token: key, headers, raw });
    case 'steward':
      return hub.call(method, path, {
        headers: { ...headers, cookie: steward.cookie, 'sec-fetch-site': 'same-origin' },
        raw,
      });
    case 'nobody':
      return hub.call(method, path, { headers: { ...headers, 'sec-fetch-site': 'same-origin' }, raw });
  }
}

function operationOf(method: string, path: string): Operation {
  const described = document.paths[path.replaceAll(/:(\w+)/g, '{$1}')] as Record<string, Operation> | undefined;
  return described?.[method.toLowerCase()] ?? {};
}

function addressOf(random: Random, path: string, { parameters = [] }: Operation): string {
  const parts = path.replaceAll(/:(\w+)/g, (_, name: string) => {
    if (random.chance(0.2)) return encodeURIComponent(wildText(random)) || 'x';
    if (name === 'system') return 'shop';
    return name === 'customerId' ? '7f9c24e8-3b12-4fef-91e0-5a7b2c6d8e90' : random.pick(['2', '999999', 'x']);
  });
  const query = parameters.flatMap(({ name, in: where, schema }) => {
    if (where !== 'query' || random.chance(0.5)) return [];
    const value = random.chance(0.4) ? wildText(random) : String(sensible(random, schema ?? {}, document, 0));
    return [`${encodeURIComponent(name)}=${encodeURIComponent(value)}`];
  });
  return query.length === 0 ? parts : `${parts}?${query.join('&')}`;
}

/** A refusal says where and what; one for a size says the size. */
function mustNamePlace({ status, headers }: Answer, problem: Problem, sent: string): void {
  expect(headers.get('content-type'), sent).toContain('application/problem+json');
  expect(problem.detail.length, sent).toBeGreaterThan(10);
  if (status === 413 || status === 431) expect(problem.detail, sent).toMatch(/\d+ (KiB|MiB|records)/);
  if (status === 429) expect(Number(headers.get('retry-after')), sent).toBeGreaterThan(0);
  if (status !== 400) return;
  for (const { path, detail } of problem.errors ?? []) {
    expect(typeof path, sent).toBe('string');
    expect(detail.length, sent).toBeGreaterThan(3);
    if (/^Too (big|small)/.test(detail)) expect(detail, sent).toMatch(/\d/);
  }
}

describe('sensible types in wild sizes', () => {
  const asked = routeNames.filter((route) => route !== endless && !endsCallers.test(route));

  it(`every route takes or refuses them in words, and memory stays flat (FUZZ_SEED=${seed}, ${runsEach} each)`, async () => {
    const random = new Random(seed);
    const statuses: Record<number, number> = {};
    let warm: NodeJS.MemoryUsage | null = null;
    for (let run = 0; run < runsEach; run += 1) {
      for (const route of asked) {
        const [method, path] = route.split(' ') as [string, string];
        const operation = operationOf(method, path);
        const [type = 'application/json', content] = Object.entries(operation.requestBody?.content ?? {})[0] ?? [];
        const wildBody = content && wildValue(random, content.schema, document);
        const raw = wildBody && Buffer.from(JSON.stringify(wildBody.value));
        // Mostly by whoever may: the others get no further than the door.
        const caller = random.chance(0.1) ? random.pick(callers) : routes[route].who === 'system' ? 'system' : 'admin';
        const address = addressOf(random, path, operation);
        const answer = await callAs(caller, method, address, type, raw);
        const sent = `${caller} ${method} ${address.slice(0, 200)} with ${wildBody?.how ?? 'no body'}: ${answer.status} ${answer.text.slice(0, 300)}`;
        statuses[answer.status] = (statuses[answer.status] ?? 0) + 1;
        expect(answer.status < 500 || answer.status === 503, sent).toBe(true);
        expect(answer.text.length, sent).toBeLessThan(1024 * 1024);
        if (answer.status >= 400) mustNamePlace(answer, answer.problem(), sent);
      }
      if (run === Math.floor(runsEach / 5)) warm = memoryNow();
    }
    const grown = memoryNow().rss - warm!.rss;
    console.log(
      `${asked.length} routes, answers ${JSON.stringify(statuses)}; RSS grew by ${(grown / 1024 / 1024).toFixed(0)} MiB`,
    );
    expect(grown).toBeLessThan(mostGrowth);
  }, 1_200_000);
});
