import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import type { DataSource } from 'typeorm';
import type {} from '../../../../scripts/test-postgres.ts';
import { createTestDatabase, type TestDatabase } from '../../../../scripts/test-database.ts';
import { attempt, rehearse } from './attempt.ts';
import { dataSourceOptions, openDataSource } from './data-source.ts';
import { Lanes } from './lanes.ts';
import { refusedNumber } from './refused-row.ts';
import { Database, type Tx } from './transaction.ts';

let test: TestDatabase;
let source: DataSource;
let lanes: Lanes;
let database: Database;

beforeAll(async () => {
  test = await createTestDatabase(inject('postgresUrl'));
  source = await openDataSource(dataSourceOptions(test.url));
  lanes = new Lanes(test.url);
  database = new Database(lanes);
  await database.transaction((tx) => tx.write('create table kept (id int primary key, word text not null)'));
});
afterAll(async () => {
  await lanes?.close();
  await source?.destroy();
  await test?.drop();
});

const keep = (tx: Tx, id: number, word: string | null) => tx.write('insert into kept values ($1, $2)', [id, word]);
const copied = (tx: Tx, id: number, word: string | null) => tx.copy('kept', ['id', 'word'], [[id, word]]);
const words = async () => {
  const rows = await database.read((tx) => tx.query<{ word: string }>('select word from kept order by id'));
  return rows.map(({ word }) => word);
};
const emptied = () => database.transaction((tx) => tx.write('truncate kept'));

describe('writes that are not waited for', () => {
  it('are seen by the next query and are there after the commit, in the order in which they were given', async () => {
    const seen = await database.transaction(async (tx) => {
      await copied(tx, 1, 'tab\t and line\n and \\N');
      await keep(tx, 2, 'two');
      await tx.write(`update kept set word = word || '!' where id = 2`);
      return tx.query<{ word: string }>('select word from kept order by id');
    });
    expect(seen.map(({ word }) => word)).toEqual(['tab\t and line\n and \\N', 'two!']);
    expect(await words()).toEqual(['tab\t and line\n and \\N', 'two!']);
    await emptied();
  });

  it.each([
    ['statement', keep],
    ['COPY', copied],
  ])('fail the commit by the error of the first one that failed, and nothing stays: a %s', async (_, write) => {
    const work = database.transaction(async (tx) => {
      await keep(tx, 1, 'one');
      await write(tx, 2, null);
      await keep(tx, 1, 'again');
    });
    await expect(work).rejects.toMatchObject({ code: '23502', column: 'word' });
    expect(await words()).toEqual([]);
  });

  it('fail the next query by their own error, which says more than that the transaction is broken', async () => {
    const work = database.transaction(async (tx) => {
      await copied(tx, 1, null);
      await tx.query('select 1');
    });
    await expect(work).rejects.toMatchObject({ code: '23502' });
  });

  it('are undone alone where they were only attempted', async () => {
    await database.transaction(async (tx) => {
      await keep(tx, 1, 'one');
      expect(await attempt(tx, () => keep(tx, 1, 'again'))).toMatchObject({ failure: { code: '23505' } });
      const outcome = await attempt(tx, () => copied(tx, 2, null));
      expect(refusedNumber((outcome as { failure: unknown }).failure, 'id')).toBe(2);
      expect(await attempt(tx, () => copied(tx, 3, 'three').then(() => true))).toEqual({ result: true });
    });
    expect(await words()).toEqual(['one', 'three']);
    await emptied();
  });

  it('are undone alone also where several things were asked when one failed', async () => {
    await database.transaction(async (tx) => {
      await keep(tx, 1, 'one');
      const slowly = async (asked: Promise<unknown>) => (await asked) as object;
      const several = async () => {
        await copied(tx, 2, null);
        // Whichever of them is heard first, it tells what failed and not only that something did.
        await Promise.all([slowly(slowly(tx.query('select 1'))), tx.query('select 2'), keep(tx, 3, 'three')]);
      };
      expect(await attempt(tx, several)).toMatchObject({ failure: { code: '23502' } });
      await keep(tx, 4, 'four');
    });
    expect(await words()).toEqual(['one', 'four']);
    await emptied();
  });

  it('fail a rehearsal too, although all of it is taken back', async () => {
    const work = database.transaction((tx) => rehearse(tx, () => keep(tx, 1, null)));
    await expect(work).rejects.toMatchObject({ code: '23502' });
  });

  it('leave the connection fit for others, also after a failed COPY of many rows', async () => {
    const rows = Array.from({ length: 20_000 }, (_, index) => [index % 10_000, 'x'.repeat(40)] as const);
    await expect(database.transaction((tx) => tx.copy('kept', ['id', 'word'], rows))).rejects.toMatchObject({
      code: '23505',
    });
    const wrong = database.transaction((tx) => tx.copy('no_such_table', ['id'], [[1]]));
    await expect(wrong).rejects.toMatchObject({ code: '42P01' });
    expect(await words()).toEqual([]);
  });
});

it('lets no part of a failed work write after the rollback', async () => {
  let goOn!: () => void;
  const later = new Promise<void>((resolve) => (goOn = resolve));
  let late!: Promise<void>;
  const work = database.transaction((tx) => {
    late = later.then(() => keep(tx, 1, 'late'));
    return Promise.all([late, tx.query('select 1 / 0')]);
  });
  await expect(work).rejects.toMatchObject({ code: '22012' });
  goOn();
  await expect(late).rejects.toThrow('The transaction is over');
  expect(await words()).toEqual([]);
});
