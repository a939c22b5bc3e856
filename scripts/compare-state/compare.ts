import pg from 'pg';
import { Names } from './names.ts';
import { sections, type Item } from './sections.ts';

export interface Difference {
  section: string;
  name: string;
  /** Where in the thing they differ; empty when only one hub has it. */
  path: string;
  left: unknown;
  right: unknown;
}

export interface Comparison {
  /** How many things were compared, by section. */
  compared: Record<string, number>;
  /** The first ones, at most `most` of them. */
  differences: Difference[];
  differing: number;
}

export interface CompareOptions {
  /** Sections to leave out: `history` where the two hubs heard of things in another order. */
  without?: readonly string[];
  /** Says of a thing by its section and name that it is left out, such as the records of a target, which hold what each hub sent when. */
  isLeftOut?: (section: string, name: string) => boolean;
  most?: number;
}

/**
 * Compares what two hubs have come to, whatever their ids: what records hold and assert, clusters, golden values and why, conflicts,
 * decisions, requests, counts of batches. What only the hub's clock knows is left out. Each hub is read as of one instant, in pages.
 */
export async function compareState(left: string, right: string, options: CompareOptions = {}): Promise<Comparison> {
  const { without = [], isLeftOut = () => false, most = 50 } = options;
  return asOfNow(left, (leftClient) =>
    asOfNow(right, async (rightClient) => {
      const [leftNames, rightNames] = [await Names.read(leftClient), await Names.read(rightClient)];
      const result: Comparison = { compared: {}, differences: [], differing: 0 };
      for (const section of sections) {
        if (without.includes(section.name)) continue;
        let compared = 0;
        const pairs = paired(section.read(leftClient, leftNames), section.read(rightClient, rightNames));
        for await (const [name, a, b] of pairs) {
          if (isLeftOut(section.name, name)) continue;
          compared += 1;
          const found = a && b ? differing(a.value, b.value, '') : [{ path: '', left: a?.value, right: b?.value }];
          result.differing += found.length;
          for (const one of found.slice(0, most - result.differences.length))
            result.differences.push({ section: section.name, name, ...one });
        }
        result.compared[section.name] = compared;
      }
      return result;
    }),
  );
}

/** A sentence for each difference, values cut short. */
export function inWords({ section, name, path, left, right }: Difference): string {
  const shown = (value: unknown) =>
    value === undefined ? 'is not there' : `is ${JSON.stringify(value).slice(0, 160)}`;
  return `${section}, ${name}${path && `, ${path}`}: left ${shown(left)}, right ${shown(right)}`;
}

async function asOfNow<T>(url: string, work: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client({ connectionString: url, application_name: 'compare-state' });
  await client.connect();
  try {
    await client.query('start transaction isolation level repeatable read read only');
    return await work(client);
  } finally {
    await client.end();
  }
}

type Items = AsyncIterable<Item> | Iterable<Item>;

/** Both in the order of their names, so that neither has to be held as a whole. */
async function* paired(left: Items, right: Items): AsyncGenerator<[string, Item | undefined, Item | undefined]> {
  const sides = [left, right].map((items) => {
    return Symbol.asyncIterator in items ? items[Symbol.asyncIterator]() : items[Symbol.iterator]();
  });
  const next = async (side: number) => ((await sides[side]!.next()) as IteratorResult<Item, undefined>).value;
  let [a, b] = [await next(0), await next(1)];
  while (a !== undefined || b !== undefined) {
    if (b === undefined || (a !== undefined && a.name < b.name)) {
      yield [a!.name, a, undefined];
      a = await next(0);
    } else if (a === undefined || b.name < a.name) {
      yield [b.name, undefined, b];
      b = await next(1);
    } else {
      yield [a.name, a, b];
      [a, b] = [await next(0), await next(1)];
    }
  }
}

function differing(left: unknown, right: unknown, path: string): Pick<Difference, 'path' | 'left' | 'right'>[] {
  if (isTree(left) && isTree(right)) {
    const keys = [...new Set([...Object.keys(left), ...Object.keys(right)])];
    return keys.flatMap((key) => differing(left[key], right[key], path ? `${path}.${key}` : key));
  }
  return JSON.stringify(left) === JSON.stringify(right) ? [] : [{ path, left, right }];
}

function isTree(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !(value instanceof Date);
}
