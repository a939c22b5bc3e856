import { RequestMethod, type ArgumentMetadata } from '@nestjs/common';
import { METHOD_METADATA, PATH_METADATA, ROUTE_ARGS_METADATA } from '@nestjs/common/constants.js';
import { RouteParamtypes } from '@nestjs/common/enums/route-paramtypes.enum.js';
import { ModulesContainer } from '@nestjs/core';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { z } from 'zod';
import type {} from '../../../../scripts/test-postgres.ts';
import { ListeningHub, type Answer } from '../../test/listening-hub.ts';
import { aPerson } from '../../test/people.ts';
import type { ProblemError } from '../platform/problem-error.ts';
import { isAmong, isRoute, whoMay } from './access/rights.ts';
import { validation } from './validation.ts';

const stranger = 'noSuchField';
/** They read their bytes themselves, and are tried below. */
const streamed = /\/(records|events)$/;
const endless = 'GET /api/v1/live';

interface Level {
  value: unknown;
  path: string;
}
type Def = Record<string, unknown> & { type: string };

/** For each object that the schema describes, at whatever depth, the least value that has one field too many in it. */
function levelsOf(schema: z.ZodType, deep = 0): Level[] {
  const def = schema.def as unknown as Def;
  const within = (name: string) => (def[name] instanceof z.ZodType ? levelsOf(def[name], deep + 1) : []);
  const under = (key: string | number, levels: Level[], holding: (value: unknown) => unknown) =>
    levels.map(({ value, path }) => ({ value: holding(value), path: `${key}.${path}` }));
  if (deep > 20 || def.catchall instanceof z.ZodType) return [];
  switch (def.type) {
    case 'object': {
      const shape = Object.entries(def.shape as Record<string, z.ZodType>);
      const fixed = Object.fromEntries(
        shape.flatMap(([name, member]) => (member instanceof z.ZodLiteral ? [[name, [...member.values][0]]] : [])),
      );
      return [
        { value: { ...fixed, [stranger]: 1 }, path: stranger },
        ...shape.flatMap(([name, member]) =>
          under(name, levelsOf(member, deep + 1), (value) => ({ ...fixed, [name]: value })),
        ),
      ];
    }
    case 'array':
      return under(0, within('element'), (value) => [value]);
    case 'record':
      return under('any', within('valueType'), (value) => ({ any: value }));
    case 'union':
      return (def.options as z.ZodType[]).flatMap((option) => levelsOf(option, deep + 1));
    case 'lazy':
      return levelsOf((def.getter as () => z.ZodType)(), deep + 5);
    default:
      return ['innerType', 'in', 'out'].flatMap(within);
  }
}

interface Handler {
  route: string;
  schemaOf: (type: RouteParamtypes) => z.ZodType | undefined;
}

function handlersOf(hub: ListeningHub): Handler[] {
  const modules = [...hub.hub.app.get(ModulesContainer).values()];
  const types = new Set(modules.flatMap((one) => [...one.controllers.values()].map(({ metatype }) => metatype)));
  return [...types].flatMap((type) => {
    const controller = type as (new () => object) & { prototype: Record<string, object> };
    const base = Reflect.getMetadata(PATH_METADATA, controller) as string;
    return Object.getOwnPropertyNames(controller.prototype).flatMap((name): Handler[] => {
      const handler = controller.prototype[name]!;
      const method = Reflect.getMetadata(METHOD_METADATA, handler) as RequestMethod | undefined;
      if (method === undefined) return [];
      const path = [base, Reflect.getMetadata(PATH_METADATA, handler) as string]
        .map((part) => part.replaceAll(/^\/|\/$/g, ''))
        .filter(Boolean)
        .join('/');
      const given = (Reflect.getMetadata(ROUTE_ARGS_METADATA, controller, name) ?? {}) as Record<
        string,
        { schema?: z.ZodType }
      >;
      const schemaOf = (wanted: RouteParamtypes) =>
        Object.entries(given).find(([key]) => key.startsWith(`${wanted}:`))?.[1].schema;
      return [{ route: `${RequestMethod[method]} /${path}`, schemaOf }];
    });
  });
}

describe('a request with a field that nobody knows', () => {
  let hub: ListeningHub;
  let call: (route: string, query: string, body?: unknown) => Promise<Answer>;
  let shop: string;
  beforeAll(async () => {
    hub = await ListeningHub.open(inject('postgresUrl'), { ROLE: 'api' });
    shop = await hub.aSystem('shop');
    const admin = await aPerson(hub, 'admin', 'Ada Admin');
    const steward = await aPerson(hub, 'steward');
    call = (route, query, body) => {
      const [method, path] = route.split(' ') as [string, string];
      const address = path
        .replace(':system', 'shop')
        .replace(':customerId', '00000000-0000-4000-8000-000000000000')
        .replaceAll(/:\w+/g, '999999');
      const may = whoMay(method, path)!;
      if (isAmong(may, 'automation')) return hub.asAdmin(method, address + query, body);
      if (isAmong(may, 'admin')) return admin.call(method, address + query, body);
      if (isAmong(may, 'steward')) return steward.call(method, address + query, body);
      if (isAmong(may, 'system')) return hub.call(method, address + query, { token: shop, body });
      return hub.call(method, address + query, { body });
    };
  });
  afterAll(() => hub?.close());

  const named = (answer: Answer) =>
    answer.status === 400
      ? (answer.problem().errors ?? []).filter(({ code }) => code === 'unknown-field').map(({ path }) => path)
      : answer.status;

  it('is refused by every route, with the name of the field, in its query and at every level of its body', async () => {
    const handlers = handlersOf(hub).filter(({ route }) => isRoute(route) && route !== endless);
    expect(handlers.length).toBeGreaterThan(90);
    const wrong: unknown[] = [];
    let tried = 0;
    for (const { route, schemaOf } of handlers) {
      tried += 1;
      const asked = named(await call(route, `?${stranger}=1`));
      if (!Array.isArray(asked) || !asked.includes(stranger)) wrong.push([route, '?', asked]);
      if (route.startsWith('GET') || streamed.test(route)) continue;
      const schema = schemaOf(RouteParamtypes.BODY);
      const levels = schema ? levelsOf(schema) : [{ value: { [stranger]: 1 }, path: stranger }];
      for (const { value, path } of levels) {
        tried += 1;
        const found = named(await call(route, '', value));
        if (!Array.isArray(found) || !found.includes(path)) wrong.push([route, path, found]);
      }
    }
    expect(wrong).toEqual([]);
    expect(tried).toBeGreaterThan(150);
  });

  it('starts no refresh of a whole system where one record was meant', async () => {
    const answer = await hub.asAdmin('POST', '/api/v1/refreshes', { system: 'shop', mode: 'full', sourceId: 'A-1' });
    expect([answer.status, answer.problem().errors]).toEqual([
      400,
      [{ path: 'sourceId', code: 'unknown-field', detail: expect.stringContaining('leave it out') as string }],
    ]);
    expect((await hub.asAdmin('GET', '/api/v1/refreshes')).json<{ runs: unknown[] }>().runs).toEqual([]);
  });

  const push = async (path: string, body: unknown) => {
    const answer = await hub.call('POST', `/api/v1/systems/shop/${path}`, { token: shop, body });
    return answer.json<{ accepted: number; rejected: { line: number; code: string; path: string }[] }>();
  };

  it('rejects that line of a push, and takes the others', async () => {
    const line = (id: string, more = {}) => ({ id, data: { id, given: 'Jo', family: 'Doe' }, ...more });
    const lines = [line('A'), line('B', { changed_at: '2026-01-01T00:00:00Z' }), line('C', { deliveryId: 'x' })];
    expect(await push('records', lines)).toMatchObject({
      accepted: 1,
      rejected: [
        { line: 2, code: 'unknown-field', path: 'changed_at' },
        { line: 3, code: 'unknown-field', path: 'deliveryId' },
      ],
    });
  });

  it('is none where the document is foreign: a row has what it has, and an event may be extended', async () => {
    const data = { id: 'D', given: 'Jo', family: 'Doe', noSuchField: { noSuchField: [{ noSuchField: 1 }] } };
    expect(await push('records', [{ id: 'D', data }])).toMatchObject({ accepted: 1, rejected: [] });
    const event = { specversion: '1.0', type: 'customer.changed', id: 'e1', source: '/shop', subject: 'D', data };
    const extended = { ...event, traceparent: '00-1', rowversion: 2 };
    expect(await push('events', extended)).toMatchObject({ accepted: 1, rejected: [] });
  });

  it('is told beside what else is wrong, also where one of several forms would fit but for it', async () => {
    const schema = z.object({
      scope: z.union([z.literal('all'), z.object({ of: z.array(z.object({ id: z.string() })) })]),
    });
    const told = async (value: unknown) => {
      const checked = validation.transform(value, { type: 'body', schema } as ArgumentMetadata);
      return checked.then(
        () => [],
        (error: ProblemError) => error.errors?.map(({ path, code }) => `${code} ${path}`),
      );
    };
    expect(await told({ scope: { of: [{ id: 'A' }] } })).toEqual([]);
    expect(await told({ scope: { of: [{ id: 'A', key: 1 }] } })).toEqual(['unknown-field scope.of.0.key']);
    expect(await told({ scope: 'some', also: 1 })).toEqual(['wrong-form scope', 'unknown-field also']);
  });
});
