import type { ServerResponse } from 'node:http';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import type {} from '../../../scripts/test-postgres.ts';
import { anArmedSystem, runOf, startRun, type ArmedSystem } from './armed-system.ts';
import { ListeningHub } from './listening-hub.ts';

describe('a list that does not end', () => {
  let hub: ListeningHub;
  let shop: ArmedSystem;
  beforeAll(async () => {
    hub = await ListeningHub.open(inject('postgresUrl'));
    shop = await anArmedSystem(hub, 'shop');
  });
  afterAll(async () => {
    await hub?.close();
    await shop?.target.close();
  });

  const rowOf = (id: number | string) => {
    const key = String(id);
    const data = { id: key, given: 'Jo', family: `Doe ${key}` };
    return { key, version: 1, changedAt: '2026-01-01T00:00:00.000Z', delivery: null, data };
  };
  /** Lists by what the page after a cursor is, and says how the refresh ended and how many pages it took. */
  const refreshed = async (page: (cursor: string | null) => object) => {
    let pages = 0;
    shop.target.trouble = (request, response: ServerResponse) => {
      if (!request.url?.startsWith('/mdm/customers')) return false;
      pages += 1;
      response.setHeader('content-type', 'application/json');
      response.end(JSON.stringify(page(new URL(request.url, 'http://x').searchParams.get('cursor'))));
      return true;
    };
    const runId = await startRun(hub, 'shop', 'plan');
    await expect.poll(async () => (await runOf(hub, runId)).phase).toMatch(/failed|planned|closed|cancelled/);
    const { phase, failure } = await runOf(hub, runId);
    if (phase === 'planned') await hub.asAdmin('POST', `/api/v1/refreshes/${runId}/cancel`);
    return { phase, failure, pages };
  };

  it('is refused at the first cursor that it gives again, however far back that was', async () => {
    const next: Record<string, string> = { start: 'a', a: 'b', b: 'c', c: 'a' };
    const { phase, failure, pages } = await refreshed((cursor) => ({
      rows: [rowOf(`row of ${cursor}`)],
      nextCursor: next[cursor ?? 'start'],
    }));
    expect({ phase, failure, pages }).toMatchObject({ phase: 'failed', pages: 4 });
    expect(failure).toContain('a cursor again that it had given before');
  });

  it('is refused where new cursors lead to rows that it had listed', async () => {
    let asked = 0;
    const { failure, pages } = await refreshed(() => ({ rows: [rowOf(1), rowOf(2)], nextCursor: `${(asked += 1)}` }));
    expect(failure).toContain('rows that it had all listed before');
    expect(pages).toBe(2);
  });

  it('is refused where a page is empty and promises another', async () => {
    const { failure, pages } = await refreshed((cursor) => ({ rows: [], nextCursor: `${cursor}.` }));
    expect(failure).toContain('an empty page and a cursor to another');
    expect(pages).toBe(1);
  });

  it('is refused where its cursor is empty, which would begin anew', async () => {
    let asked = 0;
    const { failure, pages } = await refreshed(() => ({ rows: [rowOf((asked += 1))], nextCursor: '' }));
    expect(failure).toContain('a cursor again');
    expect(pages).toBe(2);
  });

  it('ends when its refresh is cancelled, though each page is new', async () => {
    let asked = 0;
    let cancelled = 0;
    const answered = refreshed(() => {
      asked += 1;
      return { rows: [rowOf(`new ${asked}`)], nextCursor: `after ${asked}` };
    });
    await expect.poll(() => asked).toBeGreaterThan(5);
    const { runs } = (await hub.asAdmin('GET', '/api/v1/refreshes')).json<{
      runs: { runId: number; phase: string }[];
    }>();
    const runId = runs.find(({ phase }) => phase === 'hear')!.runId;
    expect((await hub.asAdmin('POST', `/api/v1/refreshes/${runId}/cancel`)).status).toBe(200);
    cancelled = asked;
    expect(await answered).toMatchObject({ phase: 'cancelled' });
    // The page that was under way may have been answered; none was asked for after.
    expect(asked - cancelled).toBeLessThanOrEqual(1);
    const { counts } = await runOf(hub, runId);
    shop.target.trouble = null;
    const next = await startRun(hub, 'shop', 'plan');
    await expect.poll(async () => (await runOf(hub, next)).phase).toMatch(/planned|closed/);
    expect((await runOf(hub, runId)).counts).toEqual(counts);
  });
});
