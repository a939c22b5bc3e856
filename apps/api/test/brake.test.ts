import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import type {} from '../../../scripts/test-postgres.ts';
import { countToType } from '../src/pipeline/brake.ts';
import { Refresh } from '../src/pipeline/refresh.ts';
import { Database } from '../src/platform/transaction.ts';
import { RunsStore, type RunRow } from '../src/stages/refreshes/runs.store.ts';
import { WalkingHub } from './walking-hub.ts';

describe('a refresh that would do more than usual', () => {
  let hub: WalkingHub;
  beforeAll(async () => {
    hub = await WalkingHub.open(inject('postgresUrl'), { demo: true });
    await hub.refresh('adipose');
  });
  afterAll(() => hub?.stop());

  const started = async (system: string): Promise<RunRow> => {
    const { runId } = await hub.get(Refresh).start(system, 'full', 'test');
    await hub.get(Refresh).finished(runId);
    return standing(runId);
  };
  const standing = async (runId: number) => (await hub.get(Database).read((tx) => hub.get(RunsStore).byId(tx, runId)))!;
  const revisions = () => hub.query<{ n: number }>(`select count(*) as n from refresh_item where outcome = 'stored'`);

  it('stops before anything is sent, says why, and goes on for whoever types how much it writes', async () => {
    const before = await revisions();
    const run = await started('bellyfat');
    expect([run.phase, run.mode]).toEqual(['planned', 'full']);
    expect(run.brake[0]).toEqual({
      code: 'changed-share',
      count: countToType(run)!,
      of: 250,
      limit: 0.01,
      fromRows: 6,
    });
    expect(await revisions(), 'nothing was sent').toEqual(before);

    const apply = (count?: number) => hub.get(Refresh).apply(run.runId, run.planHash!, count);
    await expect(apply()).rejects.toMatchObject({ code: 'braked' });
    await expect(apply(countToType(run)! - 1)).rejects.toMatchObject({ code: 'braked' });
    expect((await standing(run.runId)).phase, 'a wrong number lets nothing through').toBe('planned');
    await apply(countToType(run)!);
    await hub.get(Refresh).finished(run.runId);
    expect((await standing(run.runId)).phase).toBe('closed');
  });

  it('lets the next run, which has little to do, pass', async () => {
    expect(await started('bellyfat')).toMatchObject({ phase: 'closed', brake: [] });
    await hub.refresh('adipose');
    expect(await started('adipose')).toMatchObject({ phase: 'closed', brake: [] });
  });

  it('stops when the system lists nothing of all that was known', async () => {
    await hub.sql('adipose', 'delete from customer', []);
    const run = await started('adipose');
    expect(run).toMatchObject({
      phase: 'planned',
      brake: [{ code: 'empty-input', count: 250, of: 250, limit: 0, fromRows: 1 }],
    });
    await hub.get(Refresh).apply(run.runId, run.planHash!, 250);
    await hub.get(Refresh).finished(run.runId);
    const { closing } = (
      await hub.query<{ closing: string }>(`select closing from refresh_run where run_id = ${run.runId}`)
    )[0]!;
    expect(closing, 'it goes on to what it can prove').toMatch(/^equal but for 250 rows missing; as of /);
  });
});
