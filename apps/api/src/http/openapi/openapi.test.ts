import { createConfig, lintFromString } from '@redocly/openapi-core';
import { afterAll, beforeAll, expect, inject, it, vi } from 'vitest';
import type {} from '../../../../../scripts/test-postgres.ts';
import { ListeningHub } from '../../../test/listening-hub.ts';
import { routeNames } from '../access/rights.ts';

interface Document {
  openapi: string;
  paths: Record<string, Record<string, { security: object[] }>>;
  components: { schemas: Record<string, unknown> };
}

let hub: ListeningHub;
beforeAll(async () => {
  hub = await ListeningHub.open(inject('postgresUrl'));
});
afterAll(() => hub?.close());

it('describes every route, and refers only to schemas that are there', async () => {
  const document = (await hub.call('GET', '/openapi.json')).json<Document>();
  expect(document.openapi).toBe('3.1.0');
  const described = Object.entries(document.paths).flatMap(([path, operations]) =>
    Object.keys(operations).map((method) => `${method.toUpperCase()} ${path.replaceAll(/\{(\w+)\}/g, ':$1')}`),
  );
  expect([...described, 'GET /openapi.json', 'GET /docs'].sort()).toEqual(routeNames.toSorted());
  const names = [...JSON.stringify(document).matchAll(/"#\/components\/schemas\/(\w+)"/g)].map(([, name]) => name!);
  expect(names.length).toBeGreaterThan(20);
  for (const name of names) expect(document.components.schemas).toHaveProperty(name);
});

it('has nothing that a linter of OpenAPI 3.1 finds', async () => {
  const source = (await hub.call('GET', '/openapi.json')).text;
  const config = await createConfig({ extends: ['recommended'] });
  const found = await lintFromString({ source, absoluteRef: 'openapi.json', config });
  expect(found.map(({ ruleId, message, location }) => `${ruleId}: ${message} ${location[0]?.pointer}`)).toEqual([]);
});

it.each(['/openapi.json', '/docs'])('%s is made once, however often strangers ask for it', async (path) => {
  const first = await hub.call('GET', path);
  const stringify = vi.spyOn(JSON, 'stringify');
  const etag = first.headers.get('etag')!;
  const again = await hub.call('GET', path);
  expect([again.text === first.text, again.headers.get('etag')]).toEqual([true, etag]);
  const long = stringify.mock.results.filter(({ value }) => String(value).length > 100_000);
  stringify.mockRestore();
  expect(long).toEqual([]);
});
