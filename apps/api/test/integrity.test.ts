import { conflictPage, status } from '@cinch/api-contract';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Integrity } from '../src/pipeline/integrity.ts';
import { Database } from '../src/platform/transaction.ts';
import { StewardDesk } from './steward-desk.ts';

describe('what must always hold', () => {
  let desk: StewardDesk;
  const sql = (text: string) => desk.hub.hub.app.get(Database).transaction((tx) => tx.query(text));
  const whole = () => desk.hub.hub.app.get(Integrity).whole();
  const broken = async () => Object.entries(await whole()).filter(([, faults]) => faults > 0);

  beforeAll(async () => {
    desk = await StewardDesk.open();
    const row = { given: 'Pat', family: 'Quay', email: 'pat@example.com' };
    await desk.push('adipose', 'A-1', row);
    await desk.push('bellyfat', 'b_1', row);
    await desk.push('adipose', 'A-1', { ...row, phone: '+12025550160' });
    await desk.push('bellyfat', 'b_1', { ...row, phone: '+12025550161' });
    await desk.push('adipose', 'A-2', { given: 'Ray', family: 'Sol' });
    await desk.delete('adipose', 'A-2');
    const patch = { specversion: '1.0', id: 'p', source: '/adipose', subject: 'A-4', rowversion: 9_000 };
    await desk.asSystem('POST', 'adipose', 'events', { ...patch, type: 'customer.patched', data: { family: 'Vale' } });
    await desk.asSystem('POST', 'adipose', 'records', [{ id: 'A-5', data: { id: 'A-6' } }]);
    await desk.push('adipose', 'A-7', { given: 'Sue', family: 'Tan', birth: 'no date' });
  });
  afterAll(() => desk?.close());

  it('holds after pushes, conflicts, deletes and errors of each kind', async () => {
    const { conflicts } = await desk.get('/conflicts', conflictPage);
    expect(conflicts).toHaveLength(1);
    expect(Object.keys(await whole()).length).toBeGreaterThan(5);
    expect(await broken()).toEqual([]);
  });

  it.each([
    ['a line that is nowhere', 'update inbox_batch set n = n + 1 where batch_id = 1', 'accepted-in-one-place'],
    ['an error that no admin sees', `delete from error_entry where code = 'key-differs'`, 'error-logged-once'],
    [
      'a part that nobody knows to wait',
      `update error_entry set code = 'x' where code = 'no-base'`,
      'waiting-part-logged',
    ],
    [
      'a record of no customer',
      `update source_record set customer_id = null where source_key = 'A-2'`,
      'record-has-customer',
    ],
    ['a customer without its golden record', `delete from golden where display like 'Sue%'`, 'customer-has-golden'],
    ['a conflict that holds nothing', `update golden set held_attributes = '{}'`, 'conflict-is-held'],
    [
      'a conflict whose sides agree',
      `insert into conflict (customer_id, attribute, cause, candidates, opened_at)
       select customer_id, 'email.primary', 'concurrent', '[]', now() from golden where display like 'Pat%'`,
      'conflict-differs',
    ],
  ])('finds %s', async (_, breaking, name) => {
    const before = await broken();
    await sql(breaking);
    const found = Object.fromEntries(await broken());
    expect(found[name]).toBe((Object.fromEntries(before)[name] ?? 0) + 1);
  });

  it('shows what it found to those who ask for the status, and in the metrics', async () => {
    const { integrity } = await desk.get('/status', status);
    const shown = integrity.filter(({ faults }) => faults > 0);
    expect(shown.length).toBeGreaterThan(5);
    for (const { says, checkedAt, wholeAt } of shown) {
      expect([says, checkedAt, wholeAt]).toEqual([expect.stringMatching(/\.$/), expect.any(String), checkedAt]);
    }
    const metrics = (await desk.hub.asAdmin('GET', '/metrics')).text;
    expect(metrics).toContain('cinch_integrity_faults{check="record-has-customer"} 1\n');
  });

  it('forgets a fault that is there no longer', async () => {
    await sql('update inbox_batch set n = n - 1 where batch_id = 1');
    expect((await whole())['accepted-in-one-place']).toBe(0);
  });
});
