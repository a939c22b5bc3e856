import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import type {} from '../../../../../scripts/test-postgres.ts';
import { ListeningHub } from '../../../test/listening-hub.ts';
import { Worker } from '../../pipeline/worker.ts';
import { ProblemError } from '../../platform/problem-error.ts';
import { Database } from '../../platform/transaction.ts';
import { AcceptanceStore, type Acceptance } from '../../stages/inbox/acceptance.store.ts';
import { acceptBody } from '../../stages/inbox/read-body.ts';
import { Pushes } from './pushes.ts';

describe('small pushes that come at the same moment', () => {
  let hub: ListeningHub;
  const sql = <Row>(text: string) => hub.hub.app.get(Database).transaction((tx) => tx.query<Row>(text));
  const line = (id: string, family = 'Doe') => JSON.stringify({ id, data: { id, given: 'Jo', family } });
  const push = async (system: string, text: string, idempotencyKey: string | null = null) => {
    const body = Buffer.from(text);
    const read = await acceptBody('records', body);
    return { system, loadId: null, form: 'records' as const, body, read, idempotencyKey, receivedAt: Date.now() };
  };
  /** All in one turn of the event loop: what each was answered, or by which code it was refused. */
  const answered = async (...made: ReturnType<typeof push>[]) => {
    const pushes = await Promise.all(made);
    const ends = await Promise.allSettled(pushes.map((one) => hub.hub.app.get(Pushes).take(one)));
    return ends.map((end) => {
      if (end.status === 'fulfilled') return end.value;
      if (end.reason instanceof ProblemError) return end.reason.code;
      return (end.reason as { code: string }).code;
    });
  };
  const commits = async () => {
    const [row] = await sql<{ n: number }>('select count(distinct xmin::text) as n from inbox_batch');
    return row!.n;
  };
  const bodies = async () => {
    const rows = await sql<{ body: Buffer }>('select body from inbox_chunk order by batch_id');
    return rows.map(({ body }) => body.toString());
  };
  beforeAll(async () => {
    hub = await ListeningHub.open(inject('postgresUrl'), { ROLE: 'api' });
    await hub.aSystem('shop');
    await hub.aSystem('desk');
    await hub.aSystem('still');
    await hub.asAdmin('POST', '/api/v1/systems', { code: 'blank', name: 'Blank' });
    await sql(`update system set inbound = 'paused' where code = 'still'`);
  });
  afterAll(() => hub?.close());

  it('are stored by one commit, each as a batch of its own, and refused each for its own reason', async () => {
    const answers = await answered(
      push('shop', line('1')),
      push('still', line('2')),
      push('desk', `${line('3')}\n${line('4', 'Zoë')}`),
      push('nobody', line('5')),
      push('blank', line('6')),
      push('shop', line('7', 'Šimůnek')),
    );
    const [first, , third, , , last] = answers as { batchId: number }[];
    expect(answers).toEqual([
      { batchId: first!.batchId, accepted: 1, rejected: [] },
      'inbound-paused',
      { batchId: third!.batchId, accepted: 2, rejected: [] },
      'not-found',
      'mapping-missing',
      { batchId: last!.batchId, accepted: 1, rejected: [] },
    ]);
    expect(await bodies()).toEqual([line('1'), `${line('3')}\n${line('4', 'Zoë')}`, line('7', 'Šimůnek')]);
    expect(await commits()).toBe(1);
    await hub.hub.app.get(Worker).drained();
    const records = await sql('select source_key as key from source_record order by source_key');
    expect(records).toEqual(['1', '3', '4', '7'].map((key) => ({ key })));
  });

  it('are taken once where they come twice under one key, also within the same moment', async () => {
    const before = (await bodies()).length;
    const [first, again, other, elsewhere] = await answered(
      push('shop', line('11'), 'k'),
      push('shop', line('11'), 'k'),
      push('shop', line('12'), 'k'),
      push('desk', line('11'), 'k'),
    );
    expect(again).toEqual(first);
    expect(other).toBe('idempotency-reused');
    expect(elsewhere).not.toEqual(first);
    expect(await answered(push('shop', line('11'), 'k'), push('shop', line('13')))).toEqual([
      first,
      { batchId: expect.any(Number), accepted: 1, rejected: [] },
    ]);
    expect((await bodies()).length).toBe(before + 3);
  });

  it('never wait for each other in a circle where they come twice, in another order', async () => {
    const store = (pushes: Awaited<ReturnType<typeof push>>[]) =>
      hub.hub.app.get(Database).glance((tx) => hub.hub.app.get(AcceptanceStore).acceptEach(tx, pushes));
    // Slow, so that the two statements are under way at the same time.
    await sql(`create function slowly() returns trigger language plpgsql as
      $$ begin perform pg_sleep(0.002); return new; end $$`);
    await sql('create trigger slowly before insert on inbox_batch for each row execute function slowly()');
    const pushes = await Promise.all(
      Array.from({ length: 100 }, (_, place) => push('shop', line(`r${place}`), `in order ${place}`)),
    );
    const [first, second] = await Promise.all([store(pushes), store(pushes.toReversed())]);
    const batches = async (each: Promise<Acceptance>[]) =>
      (await Promise.all(each)).map((one) => one.kind === 'taken' && one.answer.batchId);
    expect((await batches(second)).toReversed()).toEqual(await batches(first));
  });

  it('fail alone where the database cannot store one of them', async () => {
    await sql(`create function refuse() returns trigger language plpgsql as
      $$ begin if position('bad'::bytea in new.body) > 0 then raise sqlstate '22000'; end if; return new; end $$`);
    await sql('create trigger refuse before insert on inbox_chunk for each row execute function refuse()');
    const answers = await answered(push('shop', line('21')), push('shop', line('bad')), push('shop', line('22')));
    expect(answers).toMatchObject([{ accepted: 1 }, '22000', { accepted: 1 }]);
    expect((await bodies()).slice(-2).sort()).toEqual([line('21'), line('22')]);
  });
});
