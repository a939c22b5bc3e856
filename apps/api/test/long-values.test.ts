import { afterAll, beforeAll, expect, test } from 'vitest';
import { aMapping } from './listening-hub.ts';
import { row, SteppedHub } from './stepped-hub.ts';

let stepped: SteppedHub;
beforeAll(async () => {
  stepped = await SteppedHub.open();
  const attributes = [...aMapping('shop').attributes, { attribute: 'email.primary', path: 'email' }];
  await stepped.publish({ ...aMapping('shop'), attributes });
});
afterAll(() => stepped?.close());

const mailbox = (kib: number, end: string) => `${'a'.repeat(kib * 1024)}${end}@example.com`;
const taken = async (lines: object[]) => {
  const began = performance.now();
  await stepped.push(lines);
  await stepped.taken();
  return performance.now() - began;
};
const customers = async () => {
  const [{ n }] = (await stepped.sql<{ n: number }>('select count(*)::int as n from customer')) as [{ n: number }];
  return n;
};

// Compared letter by letter, 32 KiB take more than 15 seconds, and 480 KiB all of the memory.
test.each([32, 480])(
  'two records with e-mails of %i KiB one letter apart are golden, their e-mails field errors',
  async (kib) => {
    const before = await customers();
    const ids = [`${kib}-x`, `${kib}-y`];
    expect(await taken(ids.map((id) => row(id, { email: mailbox(kib, id.at(-1)!) })))).toBeLessThan(5_000);
    expect(await customers()).toBe(before + 2);
    for (const id of ids) {
      const { kind, path, code, detail } = await stepped.openOf(id);
      expect({ kind, path, code }).toEqual({ kind: 'field', path: 'email', code: 'too-long' });
      expect(detail).toContain('4096 characters');
    }
  },
);

test('a value that was stored before there was a limit is shown, and a field error when it is pushed again', async () => {
  const long = 'x'.repeat(400);
  await taken([row('old', { family: 'Shortly' })]);
  for (const [table, column] of [
    ['golden', 'attributes'],
    ['record_entry', 'native'],
    ['match_evidence', 'evidence'],
  ])
    await stepped.sql(
      `update ${table} set ${column} = replace(replace(${column}, 'Shortly', '${long}'), 'shortly', '${long}')`,
    );
  const [{ id }] = (await stepped.sql<{ id: string }>(
    "select public_id as id from customer join source_record using (customer_id) where source_key = 'old'",
  )) as [{ id: string }];
  const shown = await stepped.hub.asAdmin('GET', `/api/v1/customers/${id}`);
  expect([shown.status, shown.text.includes(long)]).toEqual([200, true]);

  await taken([{ ...row('old', { family: long }), version: 2 }]);
  expect(await stepped.openOf('old')).toMatchObject({
    code: 'too-long',
    detail: 'The member "family" is longer than the 300 characters that the hub keeps.',
  });
  expect((await stepped.record('old')).version).toBe(2);
});

test('keys, paths and amounts of events have limits that the refusal names', async () => {
  const event = { specversion: '1.0', source: '/shop', subject: 'a', type: 'customer.incremented', rowversion: 2 };
  const amounts = Object.fromEntries(Array.from({ length: 101 }, (_, n) => [`p${n}`, 1]));
  const answer = await stepped.hub.call('POST', '/api/v1/systems/shop/events', {
    token: stepped.key,
    body: [
      { ...event, id: 'e1', subject: 'k'.repeat(201), data: { points: 1 } },
      { ...event, id: 'e2', data: { ['p'.repeat(501)]: 1 } },
      { ...event, id: 'e3', data: amounts },
    ],
  });
  const { rejected } = answer.json<{ rejected: { path: string; detail: string }[] }>();
  expect(rejected.map(({ path, detail }) => [path, /\d+/.exec(detail)?.[0]])).toEqual([
    ['subject', '200'],
    ['data', '500'],
    ['data', '100'],
  ]);
});

test('a document of the wrong size is refused in words, whichever it is', async () => {
  const document = { format: 1, more: 'x'.repeat(1024 * 1024 + 1) };
  const bodies = {
    'systems/shop/mapping': { document },
    'rules/survivorship': { document, reason: 'too large' },
    'rules/matching': { document, reason: 'too large' },
  };
  for (const [path, body] of Object.entries(bodies)) {
    const answer = await stepped.hub.asAdmin('PUT', `/api/v1/${path}`, body);
    expect([path, answer.status, answer.json<{ errors: object[] }>().errors]).toEqual([
      path,
      422,
      [{ path: '', code: 'too-large', detail: expect.stringContaining('1048576 characters') as string }],
    ]);
  }
});
