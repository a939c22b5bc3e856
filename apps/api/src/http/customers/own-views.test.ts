import type { OwnView, OwnViewPage } from '@cinch/api-contract';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { StewardDesk, type SystemCode } from '../../../test/steward-desk.ts';
import { Database } from '../../platform/transaction.ts';

const keys = ['1', '10', '2', 'b', 'ä/ 3'];
const ndjson = { accept: 'application/x-ndjson' };

describe('the complete view of a system', () => {
  let desk: StewardDesk;
  beforeAll(async () => {
    desk = await StewardDesk.open();
    const rows = (prefix: string, more: object) =>
      Object.fromEntries(
        keys.map((key, place) => {
          const known = { given: 'Pat', family: `Quay${place}`, email: `pat${place}@example.com` };
          return [`${prefix}${key}`, { ...known, ...more }];
        }),
      );
    await desk.pushAll('adipose', rows('', {}));
    await desk.pushAll('bellyfat', rows('b_', {}));
    // What only the other system knows, Adipose is to be told.
    await desk.pushAll('bellyfat', rows('b_', { phone: '+14155550101' }));
  });
  afterAll(() => desk?.close());

  const one = async (key: string) =>
    (await desk.asSystem('GET', 'adipose', `customers/${encodeURIComponent(key)}`)).json<OwnView>();
  const page = async (query = '', system: SystemCode = 'adipose') =>
    (await desk.asSystem('GET', system, `customers${query}`)).json<OwnViewPage>();
  const stream = async (query = '') => {
    const answer = await desk.asSystem('GET', 'adipose', `customers${query}`, undefined, ndjson);
    expect(answer.headers.get('content-type')).toContain(ndjson.accept);
    return answer.text
      .split('\n')
      .filter(Boolean)
      .map((line) => JSON.parse(line) as OwnView);
  };
  const offers = async () => {
    const [row] = await desk.hub.hub.app
      .get(Database)
      .read((tx) => tx.query<{ n: number }>(`select count(*) as n from record_entry where kind = 'offer'`));
    return row!.n;
  };

  it('has every own record once, page by page, each as the system is shown it by its key', async () => {
    const seen: OwnView[] = [];
    for (let cursor: string | null = ''; cursor !== null;) {
      const read: OwnViewPage = await page(`?limit=2&cursor=${encodeURIComponent(cursor)}`);
      seen.push(...read.customers);
      cursor = read.nextCursor;
    }
    expect(seen.map(({ sourceId }) => sourceId)).toEqual(keys);
    expect(new Set(seen.map(({ fields }) => fields['phone']))).toEqual(new Set(['+14155550101']));
    for (const view of seen) expect(await one(view.sourceId)).toEqual(view);
  });

  it('is one stream of lines where that is asked for', async () => {
    expect(await stream()).toEqual((await page()).customers);
    expect(await stream('?cursor=2')).toEqual((await page()).customers.slice(3));
  });

  it('offers what it shows, once a day, so that it comes back as no news', async () => {
    expect(await offers()).toBe(keys.length);
    await page();
    await stream();
    expect(await offers()).toBe(keys.length);
    const { fields, goldenVersion } = await one('b');
    await desk.push('adipose', 'b', fields);
    expect(await one('b')).toMatchObject({ fields, goldenVersion });
  });

  it('leaves out what the system has deleted', async () => {
    await desk.delete('adipose', '10');
    expect((await page()).customers.map(({ sourceId }) => sourceId)).toEqual(keys.filter((key) => key !== '10'));
  });

  it('is the system’s own alone, and empty where there is nothing', async () => {
    expect((await page('', 'bellyfat')).customers.map(({ sourceId }) => sourceId)).toEqual(
      keys.map((key) => `b_${key}`),
    );
    const foreign = await desk.hub.asAdmin('GET', '/api/v1/systems/adipose/customers');
    expect(foreign.problem().code).toBe('not-allowed');
    await desk.hub.asAdmin('POST', '/api/v1/systems', { code: 'empty', name: 'Empty' });
    const { key } = (await desk.hub.asAdmin('POST', '/api/v1/systems/empty/keys')).json<{ key: string }>();
    const read = (headers: Record<string, string>) =>
      desk.hub.call('GET', '/api/v1/systems/empty/customers', { token: key, headers });
    expect((await read({})).json()).toEqual({ customers: [], nextCursor: null });
    expect((await read(ndjson)).text).toBe('');
    expect((await desk.asSystem('GET', 'adipose', 'customers?limit=0')).problem().code).toBe('invalid-request');
  });
});
