import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import type {} from '../../../scripts/test-postgres.ts';
import { assertionId, type Candidate, type GoldenAttributes } from '@cinch/canonical-model';
import { Decide } from '../src/pipeline/decide.ts';
import { OwnViews } from '../src/pipeline/own-views.ts';
import { Refresh } from '../src/pipeline/refresh.ts';
import { WalkingHub } from './walking-hub.ts';

/** A demo customer that both systems hold, with its key in each. */
interface Shared {
  customerId: number;
  adipose: string;
  bellyfat: string;
}

describe('the demo customers walk through the pipeline', () => {
  let hub: WalkingHub;
  let shared: Shared[];
  beforeAll(async () => {
    hub = await WalkingHub.open(inject('postgresUrl'), { demo: true });
    for (const system of ['adipose', 'bellyfat', 'adipose', 'bellyfat']) await hub.refresh(system);
    shared = await hub.query<Shared>(
      `select r.customer_id as "customerId", r.source_key as adipose, b.source_key as bellyfat
       from source_record r join system s using (system_id) join source_record b on b.customer_id = r.customer_id and b.system_id <> r.system_id
       where s.code = 'adipose' and r.origin = 'push' and b.origin = 'push' order by 1`,
    );
  });
  afterAll(() => hub?.stop());

  it('both are heard, linked and refreshed to equal; nothing is parked, no conflict is open', async () => {
    expect(shared.length).toBeGreaterThan(100);
    for (const system of ['adipose', 'bellyfat']) {
      const { closing, counts } = await hub.refresh(system);
      expect({ closing, ...counts }).toMatchObject({
        closing: expect.stringMatching(/^equal as of /),
        listed: 250,
        same: 250,
        create: 0,
        change: 0,
        parked: 0,
      });
    }
    expect(await hub.query('select 1 from conflict')).toEqual([]);
    expect(await hub.query('select code from error_entry')).toEqual([]);
    expect(await hub.query(`select 1 from source_record where state = 'live' and customer_id is null`)).toEqual([]);
  });

  it('two concurrent edits stay where they are until a steward chooses; then both systems hold the choice', async () => {
    const { adipose, bellyfat } = shared[0]!;
    await hub.edit('adipose', adipose, { phone: '2025550111' });
    await hub.editPhone(bellyfat, '+12025550122');
    for (const system of ['adipose', 'bellyfat']) await hub.refresh(system);
    const before = [await hub.row('adipose', adipose), await hub.row('bellyfat', bellyfat)];

    const [conflict, ...others] = await hub.query<{ conflict_id: number; attribute: string; candidates: string }>(
      'select conflict_id, attribute, candidates from conflict where closed_at is null',
    );
    expect(others).toEqual([]);
    expect(conflict!.attribute).toBe('phone.primary');
    for (const system of ['adipose', 'bellyfat']) {
      const closing = expect.stringMatching(/^equal but for 1 that waits for a person \(1 conflict\); /);
      expect(await hub.refresh(system)).toMatchObject({ closing, counts: { change: 0, waiting: 1 } });
    }
    expect([await hub.row('adipose', adipose), await hub.row('bellyfat', bellyfat)]).toEqual(before);

    const candidates = JSON.parse(conflict!.candidates) as Candidate[];
    const chosen = candidates.find((candidate) => candidate.value === '+12025550111')!;
    expect(chosen.provisional).toBe(false);
    const resolution = { chosen: assertionId(chosen), basis: candidates.map(assertionId), reason: 'Called back' };
    await hub.get(Decide).resolve(conflict!.conflict_id, resolution, 'steward');
    await expect(hub.get(Decide).resolve(conflict!.conflict_id, resolution, 'steward')).rejects.toMatchObject({
      code: 'conflict-changed',
    });
    expect(await hub.refresh('bellyfat')).toMatchObject({
      closing: expect.stringMatching(/^equal as of /),
      counts: { change: 1, applied: 1 },
    });
    expect(await hub.refresh('adipose')).toMatchObject({
      closing: expect.stringMatching(/^equal as of /),
      counts: { change: 0 },
    });
    expect(await hub.phone(bellyfat)).toBe('+12025550111');
    expect((await hub.row('adipose', adipose)).phone).toBe('2025550111');
  });

  it('an undone choice opens the conflict again, though it was delivered', async () => {
    const [decision] = await hub.query<{ decision_id: number }>('select decision_id from decision');
    await hub.get(Decide).undo(decision!.decision_id, 'steward');
    expect(await hub.query('select 1 from conflict where closed_at is null')).toHaveLength(1);
    const [open] = await hub.query<{ conflict_id: number; candidates: string }>(
      'select * from conflict where closed_at is null',
    );
    const candidates = JSON.parse(open!.candidates) as Candidate[];
    const [first] = candidates;
    const basis = candidates.map(assertionId);
    await hub.get(Decide).resolve(open!.conflict_id, { chosen: assertionId(first!), basis, reason: '' }, 'steward');
    for (const system of ['adipose', 'bellyfat']) expect((await hub.refresh(system)).closing).toMatch(/^equal as of /);
  });

  it('an edit whose event was lost is heard by the refresh of the other system’s turn, and wins', async () => {
    const { adipose, bellyfat } = shared[1]!;
    await hub.edit('adipose', adipose, { email: 'moved@example.com' });
    expect(await hub.refresh('adipose')).toMatchObject({ counts: { heard: 1, change: 0 } });
    expect((await hub.row('adipose', adipose)).email).toBe('moved@example.com');
    await hub.refresh('bellyfat');
    expect(JSON.stringify((await hub.row('bellyfat', bellyfat)).emails)).toContain('moved@example.com');
  });

  it('a row changed behind its version is drift, and overwritten', async () => {
    const { adipose } = shared[2]!;
    const before = await hub.row('adipose', adipose);
    await hub.sql('adipose', `update customer set phone = '2025550199' where acct_no = $1`, [adipose]);
    expect(await hub.refresh('adipose')).toMatchObject({
      closing: expect.stringMatching(/^equal as of /),
      counts: { drifted: 1, heard: 0, change: 1 },
    });
    expect((await hub.row('adipose', adipose)).phone).toBe(before.phone);
  });

  it('a row that the system no longer lists is missing: not written, not made again, an exception', async () => {
    const { adipose } = shared[3]!;
    await hub.sql('adipose', 'delete from customer where acct_no = $1', [adipose]);
    expect(await hub.refresh('adipose')).toMatchObject({
      closing: expect.stringMatching(/^equal but for 1 row missing; /),
      counts: { missing: 1, create: 0 },
    });
  });

  it('a value that a system refuses is parked, listed with its reason, and not sent again', async () => {
    const { adipose, bellyfat } = shared[4]!;
    // Adipose takes states of two letters only; its mapping cannot know that.
    const address = {
      lines: ['1 Main St'],
      locality: 'Springfield',
      region: 'Illinois',
      postalCode: '62701',
      country: 'US',
    };
    await hub.edit('bellyfat', bellyfat, { addresses: [{ use: 'home', primary: true, ...address }] });
    await hub.refresh('bellyfat');
    const first = await hub.refresh('adipose');
    expect(first.closing).toMatch(/^equal but for 1 row missing, 1 parked; /);
    const before = await hub.row('adipose', adipose);
    expect(await hub.refresh('adipose')).toMatchObject({
      closing: expect.stringMatching(/^equal but for 1 row missing, 1 parked; /),
      counts: { change: 0, applied: 0 },
    });
    expect(await hub.row('adipose', adipose)).toEqual(before);
    const parked = await hub.query<{ code: string }>(`select distinct code from refresh_item where kind = 'parked'`);
    expect(parked).not.toEqual([]);
  });

  it('a plan waits to be looked at, and one that went stale is refused and made anew', async () => {
    const { adipose, bellyfat } = shared[5]!;
    await hub.editPhone(bellyfat, '+12025550131');
    await hub.refresh('bellyfat');
    const refresh = hub.get(Refresh);
    const { runId } = await refresh.start('adipose', 'plan', 'admin');
    await refresh.finished(runId);
    const [seen] = await hub.query<{ plan_hash: string; phase: string }>(
      'select plan_hash, phase from refresh_run where run_id = $1',
      [runId],
    );
    expect(seen!.phase).toBe('planned');
    await expect(refresh.apply(runId, 'another')).rejects.toMatchObject({ code: 'stale-plan' });
    await refresh.apply(runId, seen!.plan_hash);
    await refresh.finished(runId);
    expect((await hub.row('adipose', adipose)).phone).toBe('2025550131');
  });

  it('a view that a system read itself comes back as no news', async () => {
    const { customerId, adipose, bellyfat } = shared[6]!;
    await hub.editPhone(bellyfat, '+12025550132');
    await hub.refresh('bellyfat');
    const { fields } = await hub.get(OwnViews).serve('adipose', adipose);
    expect(fields.phone).toBe('2025550132');
    const golden = async () => {
      const [row] = await hub.query<{ version: number; attributes: string }>(
        'select version, attributes from golden where customer_id = $1',
        [customerId],
      );
      const { value, from } = (JSON.parse(row!.attributes) as GoldenAttributes)['phone.primary']!;
      return { version: row!.version, value, from };
    };
    const before = await golden();
    await hub.edit('adipose', adipose, { phone: '2025550132' });
    await hub.refresh('adipose');
    expect(await golden()).toEqual(before);
  });
});
