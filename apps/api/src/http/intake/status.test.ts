import type { Status } from '@cinch/api-contract';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import type {} from '../../../../../scripts/test-postgres.ts';
import { Database } from '../../platform/transaction.ts';
import { ListeningHub } from '../../../test/listening-hub.ts';

describe('the counts of the status', () => {
  let hub: ListeningHub;
  const sql = (text: string) => hub.hub.app.get(Database).transaction((tx) => tx.query(text));
  const status = async () => (await hub.asAdmin('GET', '/api/v1/status')).json<Status>();
  const grow = (from: number, to: number) =>
    sql(
      `insert into golden (customer_id, version, kind, display, attributes, held_attributes, changed_at)
       select id, 1, 'person', 'Jo Doe ' || id, '{}', '{}', now() from generate_series(${from}, ${to}) as id`,
    );
  beforeAll(async () => {
    hub = await ListeningHub.open(inject('postgresUrl'), { ROLE: 'api' });
  });
  afterAll(() => hub?.close());

  it('are exact while they are small, also without statistics', async () => {
    await grow(1, 1_000);
    expect(await status()).toMatchObject({ customers: 1_000, sourceRecords: 0, estimated: false });
    await sql('analyze golden');
    await grow(1_001, 1_500);
    expect(await status()).toMatchObject({ customers: 1_500, estimated: false });
  });

  it('are estimates once they are large, which follow what came since the last look', async () => {
    await grow(1_501, 90_000);
    await sql('analyze golden');
    await grow(90_001, 150_000);
    const { customers, estimated, sourceRecords } = await status();
    expect([estimated, sourceRecords]).toEqual([true, 0]);
    expect(Math.abs(customers - 150_000)).toBeLessThan(15_000);
  });

  it('estimate live records by their share', async () => {
    await hub.aSystem('shop');
    await sql(
      `insert into source_record (system_id, origin, state, kind, known)
       select (select system_id from system), 'hub', case when n % 4 = 0 then 'pending' else 'live' end, 'person', '' from generate_series(1, 120000) as n`,
    );
    await sql('analyze source_record');
    const { sourceRecords } = await status();
    expect(Math.abs(sourceRecords - 90_000)).toBeLessThan(9_000);
  });
});
