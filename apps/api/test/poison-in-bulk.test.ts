import { afterEach, beforeEach, expect, it } from 'vitest';
import { shippedModel } from '@cinch/canonical-model';
import { compareState, inWords } from '../../../scripts/compare-state/compare.ts';
import { Rederive } from '../src/pipeline/rederive.ts';
import { aMapping } from './listening-hub.ts';
import { SteppedHub } from './stepped-hub.ts';

const mapping = {
  ...aMapping('shop'),
  attributes: [...aMapping('shop').attributes, { attribute: 'email.primary', path: 'email' }],
};

interface Line {
  id: string;
  version: number;
  changedAt: string;
  data: Record<string, unknown>;
}

const line = (id: string, data: object = {}, version = 1): Line => {
  const email = `${id}@example.com`;
  return {
    id,
    version,
    changedAt: '2026-03-01T12:00:00Z',
    data: { id, given: `Jo${id}`, family: `Doe${id}`, email, ...data },
  };
};

/** What a piece of work needs to be more than a few: it then goes on without a record that the database refuses. */
const others = Array.from({ length: 120 }, (_, index) => line(`row${index}`));
const between = (...lines: Line[]) => [...others.slice(0, 50), ...lines, ...others.slice(50)];

/** The same lines, of which those that are refused cannot even be read: what becomes of the others has to be the same. */
const unreadable = ({ id, ...rest }: Line): Line => (isPoison(id) ? { ...rest, id, data: {} } : { ...rest, id });
const isPoison = (id: string) => id.startsWith('poison');

let hub: SteppedHub;
let clean: SteppedHub;

beforeEach(async () => {
  [hub, clean] = await Promise.all([SteppedHub.open(), SteppedHub.open()]);
  for (const one of [hub, clean]) await one.publish(mapping);
});
afterEach(async () => {
  await hub?.close();
  await clean?.close();
});

async function refuse(table: string, what: string): Promise<void> {
  await hub.sql(`alter table ${table} add constraint no_poison check (not (${what}))`);
}

async function taken(lines: readonly Line[]): Promise<void> {
  for (const [one, its] of [
    [hub, lines],
    [clean, lines.map(unreadable)],
  ] as const) {
    await one.push([...its]);
    await one.taken();
    while (await one.get(Rederive).next());
  }
}

/** The error log has the poison lines and no others; all else is as if they had never come. `without`: what need not be the same. */
async function expectOnlyTheirLack(lines: readonly Line[], ...without: string[]): Promise<void> {
  const logged = (await hub.entries()).map(({ line, code }) => ({ line, code }));
  expect(logged.toSorted((a, b) => a.line! - b.line!)).toEqual(
    lines.flatMap(({ id }, index) => (isPoison(id) ? [{ line: index + 1, code: 'processing-failed' }] : [])),
  );
  const { differences } = await compareState(hub.hub.databaseUrl, clean.hub.databaseUrl, {
    without: ['errors', 'batches', ...without],
  });
  expect(differences.map(inWords)).toEqual([]);
  for (const table of ['record_entry', 'match_evidence', 'match_key', 'match_edge'])
    expect(
      await hub.sql(`select 1 from ${table} t where record_id <> 0 and not exists (
        select 1 from source_record r where r.record_id = t.record_id)`),
    ).toEqual([]);
  expect(
    await hub.sql(`select 1 from customer c where not exists (
      select 1 from source_record r where r.record_id = c.founder_record)`),
  ).toEqual([]);
}

it('two of one piece of work go to the error log, and the others are as if they had never come', async () => {
  await refuse('source_record', `source_key like 'poison%'`);
  const lines = between(line('poison1'), line('a'), line('poison2'));
  await taken(lines);
  await expectOnlyTheirLack(lines);
});

it('one that joins others of its piece of work to a customer leaves these as they are without it', async () => {
  await refuse('source_record', `source_key like 'poison%'`);
  const ann = { given: 'Ann', family: 'Brook', email: 'ann@example.com' };
  const roe = { given: 'Mary', family: 'Roe', email: 'mary@example.com' };
  await taken([line('before', roe)]);
  const lines = between(line('poison1', ann), line('a', ann), line('b', ann), line('poison2', roe));
  await taken(lines);
  await expectOnlyTheirLack(lines);
  const shared = await hub.sql(
    `select customer_id from source_record where source_key in ('a', 'b') group by 1 having count(*) = 2`,
  );
  expect(shared).toHaveLength(1);

  await hub.sql('alter table source_record drop constraint no_poison');
  expect(await hub.replay({ system: 'shop' })).toMatchObject({ lines: 2, applied: 2, error: 0 });
  const joined = await hub.sql<{ keys: string }>(
    `select string_agg(source_key, ' ' order by source_key) as keys from source_record
     where source_key !~ '^row' group by customer_id order by 1`,
  );
  expect(joined.map(({ keys }) => keys)).toEqual(['a b poison1', 'before poison2']);
});

it('one that makes a match key crowded crowds nobody in the end', async () => {
  await refuse('source_record', `source_key like 'poison%'`);
  const email = 'desk@example.com';
  const sharing = Array.from({ length: shippedModel.blocks.limit }, (_, index) => line(`desk${index}`, { email }));
  const lines = [...others, ...sharing, line('poison', { email })];
  await taken(lines);
  await expectOnlyTheirLack(lines, 'history');
  const crowded = 'select key from match_key where record_id = 0 order by 1';
  expect(await hub.sql(crowded)).toEqual(await clean.sql(crowded));
});

it.each([
  ['its timeline', 'record_entry', `native like '%Poison%'`],
  ['its evidence', 'match_evidence', `evidence like '%poison%'`],
  ['its golden record', 'golden', `display like '%Poison%'`],
  ['its history', 'golden_history', `became like '%Poison%'`],
  ['what it is found by', 'customer_search', `doc like '%poison%'`],
])('is found by the line at which %s is refused', async (_, table, what) => {
  await refuse(table, what);
  const lines = between(line('poison1', { family: 'Poison' }), line('a'), line('poison2', { family: 'Poisoned' }));
  await taken(lines);
  await expectOnlyTheirLack(lines);
});

it('is found by halves where the error names no line, or the line is not of a new record', async () => {
  await taken([line('poison'), line('a')]);
  await refuse('source_record', `known like '%Poison%'`);
  const lines = between(line('poison', { family: 'Poison' }, 2), line('a', { family: 'Newer' }, 2));
  await taken(lines);
  expect((await hub.entries()).map(({ line, code }) => [line, code])).toEqual([[51, 'processing-failed']]);
  const { applied, error } = await hub.inbox();
  expect([applied, error]).toEqual([2 + lines.length - 1, 1]);
  expect(await hub.record('a')).toMatchObject({ version: 2 });
});

it('that comes twice in a piece of work is refused in each of its lines, and nothing else is', async () => {
  await refuse('source_record', `source_key like 'poison%'`);
  const lines = between(line('poison'), line('poison', { family: 'Later' }, 2), line('poison'));
  await taken(lines);
  await expectOnlyTheirLack(lines, 'history');
});

it('that stands among many of its kind is found all the same', async () => {
  await refuse('source_record', `source_key like 'poison%'`);
  const lines = between(...Array.from({ length: 12 }, (_, index) => line(`poison${index}`)));
  await taken(lines);
  await expectOnlyTheirLack(lines, 'history');
});
