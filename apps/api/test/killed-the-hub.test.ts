import type { Status } from '@cinch/api-contract';
import { afterEach, expect, test } from 'vitest';
import { Ingest } from '../src/pipeline/ingest.ts';
import { LeftOver } from '../src/pipeline/left-over.ts';
import { WorkUnderWay } from '../src/platform/work-under-way.ts';
import { mapping, row, SteppedHub } from './stepped-hub.ts';

let stepped: SteppedHub;
afterEach(() => stepped?.close());

/** The database ends whoever works on such a record, as a crash would: all of the transaction is gone, and nothing says why. */
const deadly = `
  create function die() returns trigger language plpgsql as $$ begin
    if new.source_key like 'killer%' then
      raise exception using errcode = '57P01', message = 'the end';
    end if;
    return new;
  end $$;
  create trigger die before insert on source_record for each row execute function die();`;

async function open(): Promise<void> {
  stepped = await SteppedHub.open();
  await stepped.sql(deadly);
}

/** Workers that end whenever one of their pieces does, and others that begin; how many ended until nothing waits. */
async function deaths(most: number): Promise<number> {
  for (let ended = 0; ended <= most; ended += 1) {
    stepped.get(LeftOver).lookAgain('died');
    try {
      await stepped.taken();
      if ((await stepped.inbox()).waiting === 0) return ended;
      // What waits since the hub died over one line after another.
      await stepped.sql(`update left_over set kept = jsonb_set(kept::jsonb, '{waitsUntil}', '0')::text`);
      await stepped.taken();
      return ended;
    } catch (error) {
      if ((error as { code?: string }).code !== '57P01') throw error;
    }
  }
  throw new Error(`After ${most} deaths there is still no end.`);
}

const golden = async () => {
  const rows = await stepped.sql<{ key: string }>(
    'select source_key as key from source_record where customer_id is not null order by 1',
  );
  return rows.map(({ key }) => key);
};

test('a record that kills the hub is found by halves, dies twice alone, then stands in the error log while its neighbours are golden', async () => {
  await open();
  const batchId = await stepped.push([row('1'), row('2'), row('killer'), row('4')]);
  const next = await stepped.push([row('5')]);
  // All, three of them, the first two of what is left, and alone.
  expect(await deaths(10)).toBe(4);
  expect(await golden()).toEqual(['1', '2', '4', '5']);
  expect(await stepped.openOf('killer')).toMatchObject({ kind: 'line', code: 'killed-the-hub', batchId, line: 3 });
  expect(await stepped.inbox()).toEqual({ accepted: 5, waiting: 0, applied: 4, superseded: 0, error: 1 });
  expect(next).toBeGreaterThan(batchId);
});

test('two such records in one batch are both put aside', async () => {
  await open();
  await stepped.push([row('killer 1'), row('2'), row('killer 3'), row('4')]);
  expect(await deaths(10)).toBe(7);
  expect(await golden()).toEqual(['2', '4']);
  expect((await stepped.entries('?state=open')).map(({ code, line }) => [code, line]).toSorted()).toEqual([
    ['killed-the-hub', 1],
    ['killed-the-hub', 3],
  ]);
});

test('what was only under way when the hub was ended from outside is taken like any other', async () => {
  await open();
  await stepped.push(Array.from({ length: 30 }, (_, n) => row(`row ${n}`)));
  await stepped.sql(
    `select setval('under_way_first_batch', 1), setval('under_way_last_batch', 9), setval('under_way_last_seq', 9),
       setval('under_way_urgent', 1)`,
  );
  expect(await deaths(0)).toBe(0);
  expect(await golden()).toHaveLength(30);
  expect(await stepped.entries('?state=open')).toEqual([]);
});

test('a load that stands between two events which were under way is not worked off before an urgent one', async () => {
  stepped = await SteppedHub.open();
  const ingest = stepped.get(Ingest);
  await stepped.push([row('before')]);
  await stepped.push(Array.from({ length: 1_200 }, (_, n) => row(`bulk ${n}`)));
  await stepped.push([row('after')]);
  expect(await ingest.next()).toBe(2);
  stepped.get(LeftOver).lookAgain('died');
  await stepped.push([row('urgent')]);
  expect(await ingest.next()).toBe(1);
  expect(await golden()).toEqual(['after', 'before', 'urgent']);
});

test('a large body is taken but for the one line that kills', async () => {
  await open();
  const lines = Array.from({ length: 120 }, (_, n) => row(n === 70 ? 'killer' : `row ${n}`));
  await stepped.push(lines);
  expect(await deaths(10)).toBeLessThanOrEqual(Math.ceil(Math.log2(120)) + 3);
  expect(await golden()).toHaveLength(119);
  expect(await stepped.openOf('killer')).toMatchObject({ code: 'killed-the-hub', line: 71 });
});

const status = async () => {
  const { troubles } = (await stepped.hub.asAdmin('GET', '/api/v1/status')).json<Status>();
  return troubles.map(({ code }) => code);
};

/** The database ends whoever commits records, so many times in a row, whatever these are. */
const outage = (times: number) => `
  create sequence outage;
  create function fail() returns trigger language plpgsql as $$ begin
    if nextval('outage') <= ${times} then raise exception using errcode = '57P01', message = 'the end'; end if;
    return null;
  end $$;
  create constraint trigger fail after insert on source_record deferrable initially deferred
    for each row execute function fail();`;

test('an outage in which every commit of many single lines dies puts none of them aside, and is told as one', async () => {
  stepped = await SteppedHub.open();
  for (let n = 1; n <= 6; n += 1) await stepped.push([row(`row ${n}`)]);
  await stepped.sql(outage(10));
  const told = new Set<string>();
  let died = 0;
  for (; (await stepped.inbox()).waiting > 0 && died < 40; died += 1) {
    died += await deaths(0).catch(() => 0);
    for (const code of await status()) told.add(code);
  }
  expect(await stepped.entries()).toEqual([]);
  expect(await golden()).toHaveLength(6);
  expect([...told]).toEqual(['after-a-death', 'dies-at-work']);
  expect(await status()).toEqual([]);
});

test('pushes that come one by one while every commit dies are not put aside one after another', async () => {
  stepped = await SteppedHub.open();
  await stepped.sql(outage(24));
  for (let n = 1; n <= 5; n += 1) {
    await stepped.push([row(`row ${n}`)]);
    await deaths(3).catch(() => undefined);
  }
  for (let n = 0; n < 30 && (await stepped.inbox()).waiting > 0; n += 1) await deaths(3).catch(() => undefined);
  expect((await stepped.inbox()).waiting).toBe(0);
  expect((await stepped.entries()).length).toBeLessThanOrEqual(2);
});

test('two hundred lines of one record that were under way once are worked off in a few pieces, not one by one', async () => {
  stepped = await SteppedHub.open();
  await stepped.push(Array.from({ length: 200 }, (_, n) => row('one', { family: `Doe ${n}` })));
  await stepped.sql(outage(1));
  await expect(deaths(0)).rejects.toThrow('After 0 deaths');
  await stepped.sql(
    `create sequence folded;
     create function count_folded() returns trigger language plpgsql as $$ begin perform nextval('folded'); return null; end $$;
     create trigger folded after insert or update on source_record for each row execute function count_folded();`,
  );
  expect(await deaths(0)).toBe(0);
  expect(await stepped.inbox()).toMatchObject({ waiting: 0, applied: 200, error: 0 });
  const [folded] = await stepped.sql<{ times: number }>('select last_value::int as times from folded');
  expect(folded!.times).toBeLessThanOrEqual(2 * 9);
});

test('a worker whose duty ends otherwise has not died over its work', async () => {
  await open();
  await stepped.push([row('killer')]);
  const begin = async (follows: 'died' | 'left' | 'itself') => {
    stepped.get(LeftOver).lookAgain(follows);
    await expect(stepped.taken()).rejects.toMatchObject({ code: '57P01' });
  };
  for (const follows of ['left', 'itself', 'left', 'died', 'left', 'itself', 'left', 'itself'] as const)
    await begin(follows);
  expect(await stepped.entries()).toEqual([]);
});

test('once the cause is mended a person replays it', async () => {
  await open();
  await stepped.push([row('killer'), row('2')]);
  await deaths(10);
  await stepped.sql('drop trigger die on source_record');
  const { errorId } = await stepped.openOf('killer');
  expect(await stepped.replay({ ids: [errorId] })).toMatchObject({ applied: 1, error: 0 });
  expect(await golden()).toEqual(['2', 'killer']);
});

test('a line that kills when it is replayed costs three deaths, stays in the error log, and the others are replayed', async () => {
  await open();
  const keyless = (id: string) => ({ ...row(id), data: { ...row(id).data, id: `not ${id}` } });
  await stepped.push([keyless('1'), keyless('killer'), keyless('3')]);
  await stepped.taken();
  const ids = (await stepped.entries('?state=open')).map(({ errorId }) => errorId);
  expect(ids).toHaveLength(3);
  const document = mapping('id');
  await stepped.publish({
    ...document,
    key: { path: 'id', steps: [{ step: 'codes', table: { 'not 1': '1', 'not killer': 'killer', 'not 3': '3' } }] },
  });
  const { replayId } = await stepped.ask({ ids });
  let deaths = 0;
  for (; deaths < 10; deaths += 1) {
    try {
      await stepped.replayed();
      break;
    } catch (error) {
      if ((error as { code?: string }).code !== '57P01') throw error;
      await stepped.sql(`update work_under_way set open = true, alone = work = 'replay-line'`);
      stepped.get(WorkUnderWay).lookAgain('died');
    }
  }
  expect(deaths).toBe(3);
  expect(await golden()).toEqual(['1', '3']);
  const [entry] = await stepped.entries('?state=open');
  expect(entry).toMatchObject({ line: 2, replayId });
});
