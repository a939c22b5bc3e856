import { auditPage } from '@cinch/api-contract';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import type {} from '../../../../../scripts/test-postgres.ts';
import { ListeningHub } from '../../../test/listening-hub.ts';
import { aPerson } from '../../../test/people.ts';
import { Database } from '../../platform/transaction.ts';

describe('who did what', () => {
  let hub: ListeningHub;
  beforeAll(async () => {
    hub = await ListeningHub.open(inject('postgresUrl'));
    for (const code of ['a1', 'a2', 'a3']) await hub.asAdmin('POST', '/api/v1/systems', { code, name: code });
  });
  afterAll(() => hub?.close());

  const asked = async (search: object) =>
    auditPage.parse((await hub.asAdmin('POST', '/api/v1/audit/search', search)).json());
  const subjects = async (search: object) => (await asked(search)).entries.map(({ subject }) => subject);

  it('is listed page by page, the latest first', async () => {
    const first = await asked({ search: 'system created', limit: 2 });
    expect(first.entries.map(({ subject }) => subject)).toEqual(['a3', 'a2']);
    expect(await subjects({ search: 'system created', limit: 2, cursor: first.nextCursor })).toEqual(['a1']);
    const { entries } = auditPage.parse((await hub.asAdmin('GET', '/api/v1/audit?limit=1')).json());
    expect(entries.map(({ subject }) => subject)).toEqual(['a3']);
  });

  it('is listed from its beginning too, by the same cursors', async () => {
    const first = await asked({ search: 'system created', limit: 2, sort: 'at' });
    expect(first.entries.map(({ subject }) => subject)).toEqual(['a1', 'a2']);
    const further = { search: 'system created', limit: 2, sort: 'at', cursor: first.nextCursor };
    expect((await subjects(further))[0]).toBe('a3');
    const { entries } = auditPage.parse((await hub.asAdmin('GET', '/api/v1/audit?sort=at&limit=2')).json());
    expect(entries[0]!.seq).toBeLessThan(entries[1]!.seq);
  });

  it.each([
    ['sort=subject', 'sort: use one of -at, at.'],
    ['cursor=soon', 'cursor: '],
  ])('refuses %s and says what to use', async (query, detail) => {
    const refusal = await hub.asAdmin('GET', `/api/v1/audit?${query}`);
    expect(refusal.json()).toMatchObject({ status: 400, detail: expect.stringContaining(detail) });
  });

  it('is found by actor, words and time', async () => {
    const mona = await aPerson(hub, 'admin', 'Mona');
    await mona.call('POST', '/api/v1/systems', { code: 'a4', name: 'A4' });
    expect(await subjects({ actor: mona.email, search: 'SYSTEM' })).toEqual(['a4']);
    expect(await subjects({ search: '%' })).toEqual([]);
    expect(await subjects({ until: '2020-01-01T00:00:00Z' })).toEqual([]);
    expect((await subjects({ since: '2020-01-01T00:00:00Z' })).length).toBeGreaterThan(4);
  });

  it.each(['/api/v1/audit?actor=mona@cinch.local', '/api/v1/customers?search=Mona'])(
    'takes nobody’s name in an address: %s',
    async (address) => {
      const { code, detail } = (await hub.asAdmin('GET', address)).problem();
      expect([code, detail]).toEqual(['invalid-request', expect.stringMatching(/search by POST .*\/search/)]);
      expect(detail).not.toMatch(/mona/i);
    },
  );

  it.each(['update audit set actor = $1', 'delete from audit where actor <> $1', 'truncate audit'])(
    'cannot be changed afterwards: %s',
    async (statement) => {
      const database = hub.hub.app.get(Database);
      const parameters = statement.includes('$1') ? ['nobody'] : [];
      await expect(database.transaction((tx) => tx.query(statement, parameters))).rejects.toThrow(/only added to/);
    },
  );
});
