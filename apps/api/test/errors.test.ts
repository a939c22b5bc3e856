import { errorCausePage, errorEntryPage, errorEntryWhole } from '@cinch/api-contract';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { patch, poison, row, SteppedHub } from './stepped-hub.ts';

describe('the error log', () => {
  let hub: SteppedHub;
  beforeAll(async () => {
    hub = await SteppedHub.open();
    await hub.sql(poison);
    await hub.push([row('1'), { id: '2', data: { given: 'Jo' } }, { id: '3', data: { id: 'other' } }, row('poison')]);
    await hub.push([patch('4', 2, { family: 'Roe' })], 'events');
    await hub.push([row('5'), row('5', { family: 'Other' }), row('1'), row('6', { birth: 'no day' })]);
    await hub.push([
      { id: '7', data: {} },
      { id: '8', data: {} },
    ]);
    await hub.taken();
  });
  afterAll(() => hub?.close());

  it('holds every accepted line that was not applied exactly once, and the row that is held since it contradicts another of its version', async () => {
    const entries = await hub.entries();
    const lines = entries.filter(({ kind }) => kind === 'line').map(({ batchId, line, code }) => [batchId, line, code]);
    expect(lines.toSorted((a, b) => Number(a[0]) - Number(b[0]) || Number(a[1]) - Number(b[1]))).toEqual([
      [1, 2, 'no-key'],
      [1, 3, 'key-differs'],
      [1, 4, 'processing-failed'],
      [2, 1, 'no-base'],
      [4, 1, 'no-key'],
      [4, 2, 'no-key'],
    ]);
    const applied = await hub.sql<{ batch_id: number; line: number }>('select batch_id, line from record_entry');
    expect(applied.length + lines.length + (await hub.inbox()).superseded).toBe((await hub.inbox()).accepted);
    expect(entries.filter(({ kind }) => kind === 'note').map(({ code, sourceId }) => [code, sourceId])).toEqual([
      ['key-twice', '5'],
      ['held', '5'],
    ]);
    expect(entries.filter(({ kind }) => kind === 'field')).toMatchObject([
      { code: 'not-a-date', path: 'birth', batchId: 3, line: 4, sourceId: '6', state: 'open' },
    ]);
  });

  it('logs each row that is held once, however many come and in whatever order', async () => {
    await hub.push([row('5', { family: 'Third' })]);
    await hub.push([row('5', { family: 'Third' }), row('5', { family: 'Fourth' })]);
    await hub.taken();
    const held = (await hub.entries()).filter(({ code }) => code === 'held');
    expect(held).toHaveLength(3);
    expect(new Set(held.map(({ batchId, line }) => `${batchId}.${line}`)).size).toBe(3);
  });

  it('groups what went wrong alike, with counts, times and an example, under an id that stays', async () => {
    const causes = await hub.causes();
    const keyless = causes.find(({ code }) => code === 'no-key')!;
    expect(keyless).toMatchObject({ system: 'shop', kind: 'line', path: 'id', mappingVersion: 1, entries: 3 });
    expect(keyless.example).toMatchObject({ sourceId: '8', detail: expect.stringMatching(/\.$/) });
    expect(Date.parse(keyless.firstAt)).toBeLessThanOrEqual(Date.parse(keyless.lastAt));
    expect(await hub.causes()).toEqual(causes);
    const entries = await hub.entries(`?cause=${keyless.cause}`);
    expect(entries.map(({ sourceId }) => sourceId)).toEqual(['8', '7', '2']);
    const pages = errorCausePage.parse((await hub.hub.asAdmin('GET', '/api/v1/errors?limit=2')).json());
    const rest = errorCausePage.parse(
      (await hub.hub.asAdmin('GET', `/api/v1/errors?cursor=${pages.nextCursor}`)).json(),
    );
    expect([...pages.causes, ...rest.causes]).toEqual(causes);
  });

  it('lists the causes with most entries first when asked to, page by page', async () => {
    const walk = async (sort: string) => {
      const sizes: number[] = [];
      let cursor: string | null = '';
      while (cursor !== null) {
        const after = cursor && `&cursor=${cursor}`;
        const answer = await hub.hub.asAdmin('GET', `/api/v1/errors?limit=1&sort=${sort}${after}`);
        const page = errorCausePage.parse(answer.json());
        sizes.push(...page.causes.map(({ entries }) => entries));
        cursor = page.nextCursor;
      }
      return sizes;
    };
    const sizes = (await hub.causes()).map(({ entries }) => entries);
    expect(await walk('-entries')).toEqual(sizes.toSorted((a, b) => b - a));
    expect(await walk('entries')).toEqual(sizes.toSorted((a, b) => a - b));
    expect(await walk('last')).toEqual(sizes.toReversed());
  });

  it('refuses a cursor of another sort and says which to use', async () => {
    const { nextCursor } = errorCausePage.parse((await hub.hub.asAdmin('GET', '/api/v1/errors?limit=1')).json());
    const refusal = await hub.hub.asAdmin('GET', `/api/v1/errors?limit=1&sort=-entries&cursor=${nextCursor}`);
    expect(refusal.json()).toMatchObject({
      status: 400,
      detail: 'cursor: use the nextCursor of the page before, with the same sort.',
    });
  });

  it('shows a line as it was accepted to admins, and leaves a trace of who looked', async () => {
    const entry = await hub.openOf('8');
    const whole = errorEntryWhole.parse(
      (await hub.hub.asAdmin('GET', `/api/v1/errors/entries/${entry.errorId}`)).json(),
    );
    expect(whole).toMatchObject({ ...entry, acceptedAt: expect.any(String), raw: '{"id":"8","data":{}}' });
    expect(await hub.sql('select actor, act, subject from audit order by seq desc limit 1')).toEqual([
      { actor: 'admin token', act: 'raw payload read', subject: `error ${entry.errorId}` },
    ]);
    expect((await hub.hub.asAdmin('GET', '/api/v1/errors/entries/999999')).problem().code).toBe('not-found');
    for (const path of ['/api/v1/errors', '/api/v1/errors/entries', `/api/v1/errors/entries/${entry.errorId}`])
      expect((await hub.hub.call('GET', path, { token: hub.key })).status).toBe(403);
  });

  it('shows a system its own entries and nobody else’s', async () => {
    const other = await hub.hub.aSystem('depot');
    const own = async (system: string, token: string) =>
      errorEntryPage.parse((await hub.hub.call('GET', `/api/v1/systems/${system}/errors`, { token })).json()).entries;
    expect(await own('shop', hub.key)).toEqual(await hub.entries());
    expect(await own('depot', other)).toEqual([]);
    expect((await hub.hub.call('GET', '/api/v1/systems/shop/errors', { token: other })).status).toBe(403);
  });
});
