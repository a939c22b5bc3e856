import { ownDuplicatePage, ownRejectPage, surplusPage } from '@cinch/api-contract';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Retention } from '../../pipeline/retention.ts';
import { Worker } from '../../pipeline/worker.ts';
import { Database } from '../../platform/transaction.ts';
import { StewardDesk, type SystemCode } from '../../../test/steward-desk.ts';

describe('what a system sees of its own', () => {
  let desk: StewardDesk;
  beforeAll(async () => {
    desk = await StewardDesk.open();
  });
  afterAll(() => desk?.close());
  const rejects = async (system: SystemCode, query = '') =>
    ownRejectPage.parse((await desk.asSystem('GET', system, `rejects${query}`)).json());
  const duplicates = async (system: SystemCode, query = '') =>
    ownDuplicatePage.parse((await desk.asSystem('GET', system, `duplicates${query}`)).json());

  it('lists its refused lines page by page, the latest batch first, and nobody else’s', async () => {
    const push = (system: SystemCode, lines: object[]) => desk.asSystem('POST', system, 'records', lines);
    await push('adipose', [{ id: 'A-1' }, { id: 'A-2', data: { id: 'A-2' } }, { id: 'A-3' }]);
    await push('bellyfat', [{ id: 'b_1' }]);
    await push('adipose', [{ id: 'A-4' }]);
    const all = await rejects('adipose');
    expect(all).toMatchObject({ nextCursor: null });
    expect(all.rejects.map(({ line, code, path }) => [line, code, path])).toEqual([
      [1, 'wrong-form', 'data'],
      [3, 'wrong-form', 'data'],
      [1, 'wrong-form', 'data'],
    ]);
    const first = await rejects('adipose', '?limit=2');
    const second = await rejects('adipose', `?limit=2&cursor=${first.nextCursor}`);
    expect([...first.rejects, ...second.rejects]).toEqual(all.rejects);
    expect(second.nextCursor).toBeNull();
    expect((await rejects('bellyfat')).rejects).toHaveLength(1);
  });

  it('keeps refused lines for 30 days', async () => {
    const age = (days: number) =>
      desk.hub.hub.app
        .get(Database)
        .transaction((tx) => tx.query(`update inbox_batch set received_at = now() - interval '${days} days'`));
    // What still waits keeps its refused lines, however old it is.
    await desk.hub.hub.app.get(Worker).drained();
    const retention = desk.hub.hub.app.get(Retention);
    await age(29);
    await retention.dropDue();
    expect((await rejects('adipose')).rejects).toHaveLength(3);
    await age(31);
    await retention.dropDue();
    expect([await rejects('adipose'), await rejects('bellyfat')]).toEqual([
      { rejects: [], nextCursor: null },
      { rejects: [], nextCursor: null },
    ]);
  });

  it('lists the records of its own that are of one customer, without those that are gone', async () => {
    const one = { given: 'Pat', family: 'Quay', email: 'pat@example.com' };
    const other = { given: 'Ray', family: 'Sol', email: 'ray@example.com' };
    await desk.pushAll('adipose', { 'A-11': one, 'A-12': one, 'A-13': other, 'A-14': other, 'A-15': other });
    await desk.push('bellyfat', 'b_11', one);
    const found = await duplicates('adipose');
    expect(found.duplicates.map(({ sourceIds }) => sourceIds)).toEqual([
      ['A-11', 'A-12'],
      ['A-13', 'A-14', 'A-15'],
    ]);
    expect(found.duplicates[0]!.customerId).toBe(await desk.customerOf('b_11'));
    const first = await duplicates('adipose', '?limit=1');
    const second = await duplicates('adipose', `?limit=1&cursor=${first.nextCursor}`);
    expect([...first.duplicates, ...second.duplicates]).toEqual(found.duplicates);
    expect(await duplicates('bellyfat')).toEqual({ duplicates: [], nextCursor: null });
    await desk.delete('adipose', 'A-12');
    expect((await duplicates('adipose')).duplicates.map(({ sourceIds }) => sourceIds)).toEqual([
      ['A-13', 'A-14', 'A-15'],
    ]);
  });

  it('refuses another system’s key, and a cursor that it did not give out', async () => {
    for (const list of ['rejects', 'duplicates']) {
      const answer = await desk.asSystem('GET', 'adipose', `../bellyfat/${list}`);
      expect([answer.status, answer.problem().code]).toEqual([403, 'not-allowed']);
      expect((await desk.asSystem('GET', 'adipose', `${list}?cursor=x`)).problem().code).toBe('invalid-request');
    }
  });

  it('lists its records without a place there, as the last refresh that made a plan found them', async () => {
    const surplus = async (query = '') =>
      surplusPage.parse((await desk.asSystem('GET', 'adipose', `surplus${query}`)).json());
    expect(await surplus()).toEqual({ run: null, records: [], nextCursor: null });
    const run = (phase: string, planHash: string | null) =>
      desk.hub.hub.app.get(Database).transaction((tx) =>
        tx.query(
          `with run as (
             insert into refresh_run (system_id, mode, phase, counts, plan_hash, started_by, started_at)
             select system_id, 'plan', $1, '{}', $2, 'test', now() from system where code = 'adipose' returning run_id, system_id)
           insert into refresh_item (run_id, seq, kind, record_id, customer_id, fields, outcome, code, round, at)
           select run_id, row_number() over (order by source_key), 'surplus', record_id, customer_id, '[]', 'exception', 'not-kept', 0, now()
           from run join source_record using (system_id) where source_key in ('A-11', 'A-13') and $2 is not null`,
          [phase, planHash],
        ),
      );
    await run('closed', 'a-plan');
    await run('failed', null);
    const first = await surplus('?limit=1');
    const second = await surplus(`?limit=1&cursor=${first.nextCursor}`);
    expect([...first.records, ...second.records]).toMatchObject([
      { sourceId: 'A-11', why: 'not-kept' },
      { sourceId: 'A-13', why: 'not-kept' },
    ]);
    expect([first.run?.runId, second.nextCursor]).toEqual([second.run?.runId, null]);
  });
});
