import { batch, ownRecord, type BatchAccepted } from '@cinch/api-contract';
import { mostVersion } from '@cinch/canonical-model';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import type {} from '../../../../../scripts/test-postgres.ts';
import { Worker } from '../../pipeline/worker.ts';
import { aMapping, ListeningHub } from '../../../test/listening-hub.ts';

type Row = { given?: string; family?: string; rev?: number; changed?: string };

const timed = (system: string) => ({
  ...aMapping(system),
  version: { path: 'rev' },
  changedAt: { path: 'changed', steps: [{ step: 'isoInstant' }] },
});

describe('the order and time of news (rule 2)', () => {
  let hub: ListeningHub;
  const keys: Record<string, string> = {};
  beforeAll(async () => {
    hub = await ListeningHub.open(inject('postgresUrl'));
    for (const code of ['shop', 'desk']) keys[code] = await hub.aSystem(code, timed(code));
  });
  afterAll(() => hub?.close());

  const call = (system: string, path: string, body: unknown) =>
    hub.call('POST', `/api/v1/systems/${system}/${path}`, { token: keys[system]!, body });
  const sent = async (system: string, path: string, body: unknown) => {
    const { batchId, rejected } = (await call(system, path, body)).json<BatchAccepted>();
    await hub.hub.app.get(Worker).drained();
    return { rejects: rejected, ...batch.parse((await hub.asAdmin('GET', `/api/v1/batches/${batchId}`)).json()) };
  };
  const line = (id: string, row: Row) => ({ id, data: { id, given: 'Vera', family: 'Oak', ...row } });
  const push = (lines: object[], system = 'shop', query = '') => sent(system, `records${query}`, lines);
  const event = (type: string, subject: string, id: string, data?: Row & { id?: string }, more: object = {}) => ({
    specversion: '1.0',
    type: `customer.${type}`,
    source: '/shop',
    id,
    subject,
    ...(data && { data }),
    ...more,
  });
  const own = async (id: string, system = 'shop') =>
    ownRecord.parse(
      (await hub.call('GET', `/api/v1/systems/${system}/records/${id}`, { token: keys[system]! })).json(),
    );
  const given = async (id: string) => (await own(id)).holds['given'];
  const codes = ({ notes }: { notes: { code: string; line: number }[] }) =>
    notes.map(({ code, line: at }) => [code, at]);
  // Which of two texts has the greater hash is chance: of eight pairs some would be told the wrong way round.
  const eight = Array.from({ length: 8 }, (_, index) => index);

  it('of a key twice in one body the later line counts, and its sender is told', async () => {
    const lines = eight.flatMap((n) => [line(`k${n}`, { given: 'Old' }), line(`k${n}`, { given: 'New' })]);
    const pushed = await push(lines);
    for (const n of eight) expect(await given(`k${n}`)).toBe('New');
    expect(codes(pushed)).toEqual(eight.map((n) => ['key-twice', n * 2 + 2]));
    const versioned = await push([line('kv', { rev: 1, given: 'Old' }), line('kv', { rev: 1, given: 'New' })]);
    expect(codes(versioned)).toEqual(
      expect.arrayContaining([
        ['key-twice', 2],
        ['held', 2],
      ]),
    );
    // Two rows of one version are a question, not a tie (rule 7).
    expect(await given('kv')).toBe('Old');
  });

  it('also where the two lines stand far apart in the body, in parts that are worked on apart', async () => {
    const between = Array.from({ length: 600 }, (_, n) => line(`far${n}`, {}));
    const pushed = await push([line('apart', { given: 'Old' }), ...between, line('apart', { given: 'New' })]);
    expect(await given('apart')).toBe('New');
    expect(codes(pushed)).toEqual([['key-twice', 602]]);
  });

  it('said twice in one body with another word between, the last line counts', async () => {
    await push(['A', 'B', 'A'].map((name) => line('aba', { given: name })));
    expect(await given('aba')).toBe('A');
  });

  it('events of one call happen in their order: made and patched, ended and made again', async () => {
    const made = eight.flatMap((n) => [
      event('changed', `e${n}`, `1-${n}`, { ...line(`e${n}`, {}).data }),
      event('patched', `e${n}`, `2-${n}`, { given: 'Patched' }),
    ]);
    await sent('shop', 'events', made);
    for (const n of eight) expect(await given(`e${n}`)).toBe('Patched');
    const again = eight.flatMap((n) => [
      event('deleted', `e${n}`, `3-${n}`),
      event('changed', `e${n}`, `4-${n}`, { ...line(`e${n}`, { given: 'Again' }).data }),
    ]);
    await sent('shop', 'events', again);
    for (const n of eight) expect(await own(`e${n}`)).toMatchObject({ state: 'live', holds: { given: 'Again' } });
  });

  it('two calls that state one instant count in the order in which they were accepted', async () => {
    const changed = '2026-03-01T10:00:00Z';
    for (const name of ['First', 'Second']) await push(eight.map((n) => line(`i${n}`, { given: name, changed })));
    for (const n of eight) expect(await given(`i${n}`)).toBe('Second');
  });

  it('a large body that was accepted first counts first, though a small one is worked on before it', async () => {
    const between = Array.from({ length: 600 }, (_, n) => line(`big${n}`, {}));
    const changed = '2026-03-01T10:00:00Z';
    const [large, small] = await Promise.all([
      call('shop', 'records', [line('jump', { given: 'Large', changed }), ...between]),
      call('shop', 'records', [line('jump', { given: 'Small', changed })]),
    ]).then((answers) => answers.map((answer) => answer.json<BatchAccepted>().batchId));
    await hub.hub.app.get(Worker).drained();
    expect(await given('jump')).toBe(large! > small! ? 'Large' : 'Small');
  });

  it('an event that is sent again keeps its first place', async () => {
    const events = ['A', 'B'].map((name) =>
      event('changed', 'again', name, { ...line('again', { given: name }).data }),
    );
    await sent('shop', 'events', events);
    const again = await sent('shop', 'events', [events[0]]);
    expect(await given('again')).toBe('B');
    expect(again).toMatchObject({ applied: 0, superseded: 1 });
    const ended = event('deleted', 'again', 'end');
    await sent('shop', 'events', [ended, event('changed', 'again', 'anew', { ...line('again', { given: 'C' }).data })]);
    await sent('shop', 'events', [ended]);
    expect(await own('again')).toMatchObject({ state: 'live', holds: { given: 'C' } });
  });

  it('a row of a version that comes again without a time keeps its first place, and is superseded', async () => {
    await push([line('v', { rev: 1, given: 'A' })]);
    await push([line('v', { rev: 1, given: 'B' })]);
    expect(await push([line('v', { rev: 1, given: 'A' })])).toMatchObject({ applied: 0, superseded: 1 });
    expect(await given('v')).toBe('A');
  });

  it('a version above 2^53 - 2^32 is refused with words, wherever it stands, and silences nothing', async () => {
    const high = mostVersion + 1;
    const refused = await push([{ ...line('high', {}), version: high }, line('low', { rev: 7 })]);
    expect(refused.rejects).toMatchObject([
      { line: 1, code: 'wrong-form', path: 'version', detail: expect.stringContaining('2^53 - 2^32') },
    ]);
    const events = await sent('shop', 'events', [
      event('changed', 'high', '1', line('high', {}).data, { rowversion: high }),
    ]);
    expect(events.rejects).toMatchObject([{ path: 'rowversion', detail: expect.stringContaining('2^53 - 2^32') }]);
    const inside = await push([line('inside', { rev: Number.MAX_SAFE_INTEGER })]);
    expect(inside).toMatchObject({
      error: 1,
      notes: [{ code: 'not-a-version', detail: expect.stringContaining('2^53 - 2^32') }],
    });
    expect(await push([line('most', { rev: mostVersion })])).toMatchObject({ applied: 1, notes: [] });
  });

  it('a version that leaps, and a row that is older than known, are told to the sender', async () => {
    await push([line('leap', { rev: 5 })]);
    const leaped = await push([line('leap', { rev: 2 ** 40, given: 'Leaped' })]);
    expect(leaped).toMatchObject({ applied: 1, notes: [{ code: 'version-jump' }] });
    const behind = await push([line('leap', { rev: 6, given: 'Behind' })]);
    expect(behind).toMatchObject({ notes: [{ code: 'version-behind', detail: expect.stringContaining('set back') }] });
    expect(await given('leap')).toBe('Leaped');
    // Late rows are ordinary: the answer tells of them, and nothing stands open for a person.
    const open = await hub.asAdmin('GET', '/api/v1/errors/entries?state=open');
    expect(open.json<{ entries: { code: string }[] }>().entries.map(({ code }) => code)).not.toContain(
      'version-behind',
    );
    // Instants as versions grow by less than they are.
    await push([line('clock', { rev: Date.UTC(2026, 0, 1) })]);
    expect(await push([line('clock', { rev: Date.UTC(2026, 11, 1) })])).toMatchObject({ notes: [] });
  });

  it('what a first row says without a time beats no dated value; a later row of it does', async () => {
    const changed = '2026-03-01T10:00:00Z';
    const named = (row: Row) => ({ given: 'Ragna', family: 'Halvorsen', ...row });
    await push([line('r', named({ changed }))]);
    const { customerId } = await own('r');
    const loaded = await hub.call('POST', '/api/v1/systems/desk/loads', { token: keys['desk']!, body: {} });
    const { loadId } = loaded.json<{ loadId: number }>();
    await push([line('r', named({ given: 'RAGNA' }))], 'desk', `?load=${loadId}`);
    expect(await own('r', 'desk')).toMatchObject({ asserts: [{ at: null }] });
    await hub.asAdmin('POST', `/api/v1/customers/${customerId}/merge`, {
      with: (await own('r', 'desk')).customerId,
      reason: 'the same',
    });
    const golden = async () => {
      const answer = await hub.asAdmin('GET', `/api/v1/customers/${(await own('r')).customerId}`);
      return answer
        .json<{ values: { attribute: string; value: Row }[] }>()
        .values.find((one) => one.attribute === 'name')!;
    };
    await hub.hub.app.get(Worker).drained();
    expect((await golden()).value).toMatchObject({ given: 'Ragna' });
    await push([line('r', named({ given: 'Ragnhild' }))], 'desk');
    expect((await golden()).value).toMatchObject({ given: 'Ragnhild' });
  });
});
