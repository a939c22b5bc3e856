import { conflictPage, refreshRun } from '@cinch/api-contract';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { ListeningHub } from '../../../test/listening-hub.ts';
import { LiveStream } from '../../../test/live-stream.ts';
import { aPerson, logIn, testPassword } from '../../../test/people.ts';
import { StewardDesk } from '../../../test/steward-desk.ts';
import type { Hub } from '../../hub.ts';
import { openWorker } from '../../lone-worker.ts';
import { readEnvironment } from '../../platform/environment.ts';

describe('the stream of what changes', () => {
  let desk: StewardDesk;
  let worker: Hub;
  const open: LiveStream[] = [];
  beforeAll(async () => {
    // The hub that tells and the one that works are two, as they may be two processes.
    desk = await StewardDesk.open({ ROLE: 'api' });
    const environment = { ROLE: 'worker', DATABASE_URL: desk.hub.databaseUrl, AUTH_SECRET: 'x'.repeat(40) };
    worker = await openWorker(readEnvironment({ ...environment, LOG_LEVEL: 'silent' }));
  });
  afterEach(() => {
    for (const stream of open.splice(0)) stream.close();
  });
  afterAll(async () => {
    await worker?.close();
    await desk?.close();
  });

  const listen = async (headers: Record<string, string>) => {
    const stream = await LiveStream.open(desk.hub, headers);
    open.push(stream);
    return stream;
  };
  const automation = { authorization: `Bearer ${ListeningHub.adminToken}` };

  it('tells that a conflict opened and that it was settled, and nothing of whose it is', async () => {
    const stream = await listen(automation);
    const row = { given: 'Cy', family: 'Dee', email: 'cy@example.com' };
    await desk.push('adipose', 'L-1', { ...row, phone: '+12025550120' });
    await desk.push('bellyfat', 'l_1', { ...row, phone: '+12025550120' });
    await desk.push('adipose', 'L-1', { ...row, phone: '+12025550121' });
    await desk.push('bellyfat', 'l_1', { ...row, phone: '+12025550122' });
    const opened = await stream.changed('conflicts');
    expect(opened.topics).toEqual(expect.arrayContaining(['customers', 'match-reviews', 'waiting']));
    expect(JSON.stringify(opened)).not.toMatch(/Cy|Dee|202555/);

    const [conflict] = (await desk.get('/conflicts', conflictPage)).conflicts;
    const basis = conflict!.candidates.map(({ assertionId }) => assertionId);
    await desk.decide(`/conflicts/${conflict!.conflictId}/resolution`, { chosen: basis[0], basis });
    expect((await stream.changed('conflicts')).topics).toContain('audit');
  });

  it('tells how far a refresh is that another process drives, by its phase and counts', async () => {
    const gone = { code: 'gone', name: 'Gone', adapterUrl: 'http://127.0.0.1:9', adapterToken: 'a-token' };
    await desk.hub.asAdmin('POST', '/api/v1/systems', gone);
    const stream = await listen(automation);
    await desk.hub.asAdmin('PUT', '/api/v1/systems/gone/mapping', {
      document: {
        format: 1,
        system: 'gone',
        key: { path: 'id' },
        kind: { constant: 'person' },
        attributes: [{ attribute: 'name', members: { family: { path: 'name' } } }],
      },
    });
    expect((await stream.changed('systems')).runs).toEqual([]);
    const started = await desk.hub.asAdmin('POST', '/api/v1/refreshes', { system: 'gone', mode: 'plan' });
    const { runId } = refreshRun.parse(started.json());
    const { runs } = await stream.changed('refreshes', (change) => change.runs.some(({ phase }) => phase === 'failed'));
    expect(runs).toMatchObject([{ runId, phase: 'failed', counts: { listed: 0 } }]);
  });

  it('is held back by nothing on its way', async () => {
    const { status, headers } = (await listen(automation)).response;
    expect([status, headers.get('content-type')]).toEqual([200, 'text/event-stream; charset=utf-8']);
    expect(headers.get('cache-control')).toBe('no-cache, no-transform');
    expect(headers.get('x-accel-buffering')).toBe('no');
    expect(headers.get('content-encoding')).toBeNull();
  });

  it('is for people and automation: nobody is asked to log in, and a system may not', async () => {
    expect((await listen({})).response.status).toBe(401);
    const key = await desk.hub.aSystem('curious');
    expect((await listen({ authorization: `Bearer ${key}` })).response.status).toBe(403);
  });

  it('refuses a fifth one to a session, and takes it once another one is closed', async () => {
    const { cookie } = await aPerson(desk.hub, 'auditor', 'Many Tabs');
    const streams = [];
    for (const _ of [1, 2, 3, 4]) streams.push(await listen({ cookie }));
    const refused = await desk.hub.call('GET', '/api/v1/live', { headers: { cookie } });
    expect([refused.status, refused.problem().code]).toEqual([429, 'too-many-streams']);
    streams[0]!.close();
    await expect.poll(async () => (await listen({ cookie })).response.status).toBe(200);
  });

  it('ends when its session is ended, and when its person is disabled', { timeout: 20_000 }, async () => {
    const { userId, email, cookie, call } = await aPerson(desk.hub, 'steward', 'Leaver');
    const [first, second] = [
      await listen({ cookie }),
      await listen({ cookie: await logIn(desk.hub, email, testPassword) }),
    ];
    await call('DELETE', '/api/v1/session');
    await expect(first.ended()).resolves.toBe('ended');
    await desk.hub.asAdmin('POST', `/api/v1/users/${userId}/disable`);
    await expect(second.ended()).resolves.toBe('ended');
  });
});
