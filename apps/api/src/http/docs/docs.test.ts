import { afterAll, beforeAll, expect, inject, it } from 'vitest';
import type {} from '../../../../../scripts/test-postgres.ts';
import { ListeningHub, type Answer } from '../../../test/listening-hub.ts';
import { routeNames } from '../access/rights.ts';
import { docsPage } from './docs-page.ts';

let hub: ListeningHub;
let page: string;
let answer: Answer;
beforeAll(async () => {
  hub = await ListeningHub.open(inject('postgresUrl'));
  answer = await hub.call('GET', '/docs', { headers: { accept: 'text/html' } });
  page = answer.text;
});
afterAll(() => hub?.close());

it('is the answer of the hub itself, not a page of the console', () => {
  expect([answer.status, answer.headers.get('content-type')]).toEqual([200, 'text/html; charset=utf-8']);
  expect(page).toContain('<h1>The API of Cinch</h1>');
});

it('shows every route of the API, and who may call it', () => {
  const routes = routeNames.filter((route) => !['GET /openapi.json', 'GET /docs'].includes(route));
  for (const route of routes) {
    const [method, path] = route.split(' ') as [string, string];
    const shown = path.replaceAll(/:(\w+)/g, '{$1}');
    expect(page).toContain(`${method}</b> <code>${shown}</code>`);
  }
  expect(page.match(/Who may: /g)).toHaveLength(routes.length);
  expect(page).not.toContain('Who may: nobody');
});

it('leads only to what is on the page or in the hub, and asks nothing of any other place', () => {
  const ids = new Set([...page.matchAll(/ id="([^"]+)"/g)].map(([, id]) => id));
  const links = [...page.matchAll(/ href="([^"]+)"/g)].map(([, link]) => link!);
  expect(links.length).toBeGreaterThan(100);
  for (const link of links) expect(link === '/openapi.json' || ids.has(link.replace('#', ''))).toBe(true);
  expect(page).not.toMatch(/<script|<img|<link|\ssrc=|@import|url\(/);
});

it('shows what stands in the description as text', () => {
  const document = {
    openapi: '3.1.0',
    info: { title: 'x', version: '1' },
    paths: { '/<b>': { get: { summary: '<script>alert(1)</script>', responses: {} } } },
    components: { schemas: { 'A"><i>': { description: '</pre><script>' } } },
  };
  const shown = docsPage(document);
  expect(shown).not.toMatch(/<script|<b>\W*<\/code>|"><i>|<\/pre><script/);
});
