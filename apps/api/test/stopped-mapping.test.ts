import { afterEach, expect, test } from 'vitest';
import { Ingest } from '../src/pipeline/ingest.ts';
import { aMapping } from './listening-hub.ts';
import { row, SteppedHub } from './stepped-hub.ts';

let stepped: SteppedHub;
afterEach(() => stepped?.close());

const step = { step: 'case', native: 'upper' };
const manyCodes = Object.fromEntries(Array.from({ length: 6_000 }, (_, n) => [`c${n}`, `v${n}`]));
const longPath = 'p'.repeat(600);
const entry = (more: object) => ({ attribute: 'identifier.national', path: 'x', ...more });
const beyond = {
  '6,000 codes': [entry({ steps: [{ step: 'codes', table: manyCodes }] })],
  '17 steps': [entry({ steps: Array.from({ length: 17 }, () => step) })],
  'a path of 600 letters': [entry({ path: longPath })],
  'more letters than a document may have': [entry({ steps: [{ step: 'codes', table: { a: 'b'.repeat(2 ** 20) } }] })],
};

/** A second system, whose mapping was published before the hub knew what it knows of mappings now. */
async function withOlder(more: object[]): Promise<string> {
  stepped = await SteppedHub.open();
  const key = await stepped.hub.aSystem('depot', aMapping('depot'));
  const document = { ...aMapping('depot'), attributes: [...aMapping('depot').attributes, ...more] };
  await stepped.sql(`update mapping set document = $doc$${JSON.stringify(document)}$doc$
    where system_id = (select system_id from system where code = 'depot')`);
  await stepped.push([row('1')]);
  await stepped.hub.call('POST', '/api/v1/systems/depot/records', { token: key, body: [row('2')] });
  return key;
}

const keys = async () => {
  const rows = await stepped.sql<{ key: string }>('select source_key as key from source_record order by 1');
  return rows.map(({ key }) => key);
};
const troubles = async () => {
  const { troubles } = (await stepped.hub.asAdmin('GET', '/api/v1/status')).json<{ troubles: object[] }>();
  return troubles;
};

test.each(Object.entries(beyond))('a mapping that was published before the bounds works on: %s', async (_, more) => {
  await withOlder(more);
  await stepped.taken();
  expect(await keys()).toEqual(['1', '2']);
  expect(await troubles()).toEqual([]);
  const document = { ...aMapping('depot'), attributes: [...aMapping('depot').attributes, ...more] };
  const again = await stepped.hub.asAdmin('PUT', '/api/v1/systems/depot/mapping', { document });
  expect(again.status).toBe(422);
});

test('a mapping that is not valid any more stops its own system, whose records wait until it is mended', async () => {
  await withOlder([entry({ attribute: 'horoscope' })]);
  await stepped.taken();
  expect(await keys()).toEqual(['1']);
  expect(await stepped.inbox()).toMatchObject({ accepted: 2, waiting: 1, applied: 1, error: 0 });
  expect(await troubles()).toMatchObject([{ code: 'mapping-stopped', system: 'depot' }]);
  await stepped.push([row('3')]);
  expect(await stepped.get(Ingest).next()).toBe(1);
  await stepped.hub.asAdmin('PUT', '/api/v1/systems/depot/mapping', { document: aMapping('depot') });
  await stepped.taken();
  expect(await keys()).toEqual(['1', '2', '3']);
  expect(await troubles()).toEqual([]);
});
