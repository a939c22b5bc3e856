import { afterEach, expect, test } from 'vitest';
import { Ingest } from '../src/pipeline/ingest.ts';
import { LeftOver } from '../src/pipeline/left-over.ts';
import { Clock } from '../src/platform/clock.ts';
import { Database } from '../src/platform/transaction.ts';
import { WorkUnderWay } from '../src/platform/work-under-way.ts';
import { AlertsStore } from '../src/stages/alerts/alerts.store.ts';
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
    stepped.get(LeftOver).lookAgain();
    try {
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

test('a record that kills the hub does so once among others and twice alone, then stands in the error log while its neighbours are golden', async () => {
  await open();
  const batchId = await stepped.push([row('1'), row('2'), row('killer'), row('4')]);
  const next = await stepped.push([row('5')]);
  expect(await deaths(10)).toBe(3);
  expect(await golden()).toEqual(['1', '2', '4', '5']);
  expect(await stepped.openOf('killer')).toMatchObject({ kind: 'line', code: 'killed-the-hub', batchId, line: 3 });
  expect(await stepped.inbox()).toEqual({ accepted: 5, waiting: 0, applied: 4, superseded: 0, error: 1 });
  expect(next).toBeGreaterThan(batchId);
});

test('two such records in one batch are both put aside, though only one is noted at a time', async () => {
  await open();
  await stepped.push([row('killer 1'), row('2'), row('killer 3'), row('4')]);
  expect(await deaths(10)).toBeLessThanOrEqual(5);
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
  stepped.get(LeftOver).lookAgain();
  await stepped.push([row('urgent')]);
  expect(await ingest.next()).toBe(1);
  expect(await golden()).toEqual(['after', 'before', 'urgent']);
});

test('a large body is taken but for the one line that kills', async () => {
  await open();
  const lines = Array.from({ length: 120 }, (_, n) => row(n === 70 ? 'killer' : `row ${n}`));
  await stepped.push(lines);
  expect(await deaths(10)).toBe(3);
  expect(await golden()).toHaveLength(119);
  expect(await stepped.openOf('killer')).toMatchObject({ code: 'killed-the-hub', line: 71 });
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
      await stepped.sql('update work_under_way set open = true');
      Object.assign(stepped.get(WorkUnderWay), { own: new Map() });
    }
  }
  expect(deaths).toBe(3);
  expect(await golden()).toEqual(['1', '3']);
  const [entry] = await stepped.entries('?state=open');
  expect(entry).toMatchObject({ line: 2, replayId });
});

test('a piece of work that the hub dies over again and again is put aside and told, until it is another one', async () => {
  stepped = await SteppedHub.open();
  const [database, clock] = [stepped.get(Database), stepped.get(Clock)];
  const process = () => new WorkUnderWay(database, clock);
  for (let deaths = 0; deaths < 5; deaths += 1) expect(await process().begin('rules', 'version 9')).toBe(deaths);
  const done: string[] = [];
  const last = process();
  const attempt = (work: 'rules' | 'mapping', mark: string) =>
    last.attempt(work, mark, async () => done.push(`${work} ${mark}`));
  expect(await attempt('rules', 'version 9')).toBe(false);
  expect(await attempt('mapping', 'day 1')).toBe(true);
  expect(await database.read((tx) => stepped.get(AlertsStore).putAside(tx))).toMatchObject([
    { kind: 'work.aside', subject: 'rules version 9', data: { work: 'rules', mark: 'version 9' } },
  ]);
  expect(await attempt('rules', 'version 10')).toBe(true);
  expect(done).toEqual(['mapping day 1', 'rules version 10']);
  expect(await database.read((tx) => stepped.get(AlertsStore).putAside(tx))).toEqual([]);
});

test('work that only failed, or that this process began itself, has not killed', async () => {
  stepped = await SteppedHub.open();
  const own = new WorkUnderWay(stepped.get(Database), stepped.get(Clock));
  for (let n = 0; n < 8; n += 1) {
    const failing = own.attempt('time', 'day 1', () => Promise.reject(new Error('away')));
    await expect(failing).rejects.toThrow('away');
  }
  expect(await own.begin('time', 'day 1')).toBe(0);
  expect(await own.begin('time', 'day 1')).toBe(0);
});
