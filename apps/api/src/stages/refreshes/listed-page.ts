import { isDeepStrictEqual } from 'node:util';
import { outwardLimits } from '@cinch/api-contract';
import { longest, mostVersion } from '@cinch/canonical-model';
import { adapterRow, type AdapterRow } from '@cinch/system-adapter/protocol';
import { inTurns } from '../../platform/in-turns.ts';
import { z } from 'zod';

/** A row that is not as the protocol has it. */
export interface BadRow {
  /** Which of the page it is, counted from 0. */
  place: number;
  /** Null where not even that can be read. */
  key: string | null;
  path: string;
  detail: string;
}

export interface ListedPage {
  rows: AdapterRow[];
  bad: BadRow[];
  nextCursor: string | null;
}

/** What the hub can file: of another version or delivery nothing could be said that is true. */
const fileable = adapterRow.extend({
  version: z.int().nonnegative().max(mostVersion),
  delivery: z.object({ id: z.uuid(), version: z.int().nonnegative().max(mostVersion) }).nullable(),
});

/**
 * Reads a page row by row: one that is wrong is an error of that row, and of no other. Null where it is no page at all. Rows are counted
 * first, since each that is wrong costs more than its bytes, and read in turns.
 */
export async function readListedPage(answer: unknown): Promise<ListedPage | null> {
  const { rows: listed, nextCursor } = (answer ?? {}) as { rows?: unknown; nextCursor?: unknown };
  if (!Array.isArray(listed) || listed.length > outwardLimits.pageRows) return null;
  if (nextCursor !== null && (typeof nextCursor !== 'string' || nextCursor.length > outwardLimits.cursorLength))
    return null;
  const rows = new Map<string, AdapterRow>();
  const bad: BadRow[] = [];
  for await (const { place, row, parsed } of inTurns(readRows(listed), { standsBack: true })) {
    if (parsed === null) {
      const detail = `It holds more than ${outwardLimits.rowValues} values`;
      bad.push({ place, key: keyOf(row), path: 'data', detail });
      continue;
    }
    if (!parsed.success) {
      const issue = parsed.error.issues[0]!;
      bad.push({ place, key: keyOf(row), path: issue.path.join('.').slice(0, longest.path), detail: issue.message });
      continue;
    }
    const before = rows.get(parsed.data.key);
    if (before === undefined) rows.set(parsed.data.key, parsed.data);
    else if (!isDeepStrictEqual(before, parsed.data))
      bad.push({ place, key: parsed.data.key, path: 'key', detail: 'Another row of this page has the same key' });
  }
  return { rows: [...rows.values()], bad, nextCursor };
}

function* readRows(rows: readonly unknown[]) {
  for (const [place, row] of rows.entries())
    yield { place, row, parsed: isTooWide(row) ? null : fileable.safeParse(row) };
}

/** Whether to check it would take too long for one turn. */
export function isTooWide(row: unknown): boolean {
  const open = [row];
  let left: number = outwardLimits.rowValues;
  for (let value = open.pop(); value !== undefined && left >= 0; value = open.pop()) {
    if (typeof value !== 'object' || value === null) continue;
    const members: unknown[] = Array.isArray(value) ? value : Object.values(value);
    left -= members.length;
    if (left >= 0) open.push(...members);
  }
  return left < 0;
}

function keyOf(row: unknown): string | null {
  return adapterRow.shape.key.safeParse((row as { key?: unknown } | null)?.key).data ?? null;
}
