import { dryRunAnswer, holdPage, holdPreview } from '@cinch/api-contract';
import pg from 'pg';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { phoneOf, row, Sixty, sixty } from './sixty.ts';

describe('what is only tried out', () => {
  let shop: Sixty;
  let other: pg.Client;
  beforeAll(async () => {
    shop = await Sixty.open({ isBraked: true });
    // A bug of the shop's gives everybody the same phone.
    await shop.push(
      'shop',
      sixty.slice(0, 30).map((n) => row(n, 2, { phone: phoneOf(59) })),
    );
    other = new pg.Client({ connectionString: shop.hub.databaseUrl });
    await other.connect();
  }, 60_000);
  afterEach(() => other.query('rollback'));
  afterAll(async () => {
    await other.end();
    await shop.hub.close();
  });

  const tried = async (lines: object[]) => {
    const answer = await shop.hub.call('POST', '/api/v1/systems/shop/records?dryRun=1', {
      token: shop.keyOf('shop'),
      body: lines,
    });
    return dryRunAnswer.parse(answer.json());
  };
  const firstHold = async () => {
    const { holds } = holdPage.parse((await shop.hub.asAdmin('GET', '/api/v1/holds')).json());
    return holds[0]!;
  };
  /** Somebody else commits, and is not done. */
  const committing = async (sql = 'select 1') => {
    await other.query('begin');
    await other.query('select pg_advisory_xact_lock(7251043)');
    await other.query(sql);
  };

  it('a dry run comes to its end beside a commit that is under way', async () => {
    await committing();
    expect(await tried([row(40, 2, { given: 'Zoe' }), row(77, 1)])).toMatchObject({
      accepted: 2,
      records: { changed: 1, new: 1 },
    });
  });

  it('so does the preview of the answers to what is held', async () => {
    await committing();
    const { holdId } = await firstHold();
    const { answers } = holdPreview.parse((await shop.hub.asAdmin('POST', `/api/v1/holds/${holdId}/preview`)).json());
    expect(answers.find(({ answer }) => answer === 'let-in')!.reach!.count).toBeGreaterThan(0);
    expect((await firstHold()).answer, 'a preview answers nothing').toBeNull();
  });

  it('one about records that are being changed gives way, and tells in its turn how they are by then', async () => {
    await committing(`update source_record set hold_id = hold_id where source_key = 'n40'`);
    const answer = tried([row(40, 2, { given: 'Zoe' })]);
    await expect.poll(() => waiting(other)).toBe(1);
    await other.query('commit');
    expect(await answer).toMatchObject({ accepted: 1, records: { changed: 1 } });
  });

  it('nothing of it stays', async () => {
    const { rows } = await other.query(`select 1 from source_record where source_key = 'n77' or head_version is null`);
    expect(rows).toEqual([]);
    expect((await firstHold()).rows).toBe(25);
  });
});

/** How many wait for their turn to commit. */
async function waiting(client: pg.Client): Promise<number> {
  const { rows } = await client.query<{ n: number }>(
    `select count(*)::int as n from pg_locks where locktype = 'advisory' and not granted and database = (select oid from pg_database where datname = current_database())`,
  );
  return rows[0]!.n;
}
