import type { ErrorEntryPage, Replay } from '@cinch/api-contract';
import type { AdapterRow } from '@cinch/system-adapter/protocol';
import { afterAll, beforeAll, describe, expect, inject, it, vi } from 'vitest';
import type {} from '../../../scripts/test-postgres.ts';
import { Refresh } from '../src/pipeline/refresh.ts';
import { ProblemError } from '../src/platform/problem-error.ts';
import { AdapterClient } from '../src/stages/refreshes/adapter-client.ts';
import { anArmedSystem, pushPerson, runOf, startRun, type ArmedSystem } from './armed-system.ts';
import { ListeningHub } from './listening-hub.ts';

describe('a row that a system lists otherwise than the protocol has it', () => {
  let hub: ListeningHub;
  let crm: ArmedSystem;
  beforeAll(async () => {
    hub = await ListeningHub.open(inject('postgresUrl'));
    const shop = await hub.aSystem('shop');
    crm = await anArmedSystem(hub, 'crm');
    for (const id of ['A', 'B', 'C']) await pushPerson(hub, 'shop', shop, id);
  });
  afterAll(async () => {
    await crm?.target.close();
    await hub?.close();
  });

  const refreshed = async () => {
    const runId = await startRun(hub, 'crm', 'full');
    await hub.hub.app.get(Refresh).finished(runId);
    return runOf(hub, runId);
  };
  const entries = async (state: string) =>
    (await hub.asAdmin('GET', `/api/v1/errors/entries?state=${state}`)).json<ErrorEntryPage>().entries;

  /** The system lists its rows with what is wrong in some of them, by their place, and these besides. */
  const listing = (wrong: Record<number, object>, besides: unknown[] = []) => {
    crm.target.trouble = (request, response) => {
      if (request.method !== 'GET' || !request.url?.includes('/customers')) return false;
      const rows = crm.target.listed().map((row, place) => ({ ...row, ...wrong[place] }));
      response.end(JSON.stringify({ rows: [...rows, ...besides], nextCursor: null }));
      return true;
    };
  };

  it('is named, and stops neither the others nor the runs after it', async () => {
    await expect.poll(() => crm.target.shown().length, { timeout: 5_000 }).toBe(3);
    listing({ 1: { delivery: { id: 'no uuid', version: 1 } } }, [null, { key: 'Z', version: -1 }]);
    const run = await refreshed();
    expect(run).toMatchObject({ phase: 'closed', counts: { listed: 5, missing: 0, notCompared: 3 } });
    expect(run.closing).toMatch(/^equal but for 3/);
    const open = await entries('open');
    expect(open.map(({ sourceId, code, path }) => [sourceId, code, path])).toEqual(
      expect.arrayContaining([
        ['S-0002', 'row-not-readable', 'delivery.id'],
        ['Z', 'row-not-readable', 'version'],
        [null, 'row-not-readable', ''],
      ]),
    );
    // Met again, it is the same.
    expect((await refreshed()).phase).toBe('closed');
    expect(await entries('open')).toHaveLength(3);
  });

  it('is read again by its key when it is replayed: it stays open while it is wrong, and is closed once it reads well or is gone', async () => {
    const open = await entries('open');
    const named = open.filter(({ sourceId }) => sourceId !== null);
    const replayed = async (ids: number[]) => {
      const { replayId } = (await hub.asAdmin('POST', '/api/v1/errors/replay', { ids })).json<{ replayId: number }>();
      const read = async () => (await hub.asAdmin('GET', `/api/v1/errors/replays/${replayId}`)).json<Replay>();
      await expect.poll(async () => (await read()).waiting).toBe(0);
      return read();
    };
    const find = vi.spyOn(hub.hub.app.get(AdapterClient), 'find').mockResolvedValue(undefined);
    const ids = named.map(({ errorId }) => errorId);
    expect(await replayed(ids)).toMatchObject({ lines: 2, error: 2, applied: 0 });
    expect(await entries('open'), 'they stay open').toHaveLength(3);
    find.mockClear().mockRejectedValueOnce(new ProblemError('adapter-unreachable', 'It is away.'));
    expect(await replayed(ids), 'a system that is away is not asked row by row').toMatchObject({ lines: 2, error: 2 });
    expect(find).toHaveBeenCalledTimes(1);
    const right = crm.target.listed()[1] as AdapterRow;
    find.mockImplementation(async (_system, key) => (key === right.key ? right : null));
    expect(await replayed(ids)).toMatchObject({ lines: 2, error: 0, superseded: 2 });
    expect(
      (await entries('open')).map(({ sourceId }) => sourceId),
      'a row without a key is left to a listing',
    ).toEqual([null]);
    find.mockRestore();
    await refreshed();
  });

  it('is no error any more once a listing reads it well, or shows it no longer', async () => {
    listing({ 1: { delivery: { id: 'no uuid', version: 1 } } });
    await refreshed();
    expect((await entries('open')).map(({ sourceId }) => sourceId)).toEqual(['S-0002']);
    listing({});
    const run = await refreshed();
    expect(run.closing).toMatch(/^equal as of/);
    expect(await entries('open')).toEqual([]);
    const resolved = (await entries('resolved')).map(({ resolution }) => resolution);
    expect(resolved.toSorted()).toEqual(['reads-well', 'reads-well', 'reads-well', 'replayed', 'replayed']);
  });
});
