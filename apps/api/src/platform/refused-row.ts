import type { CopyValue } from './copy-text.ts';

type Values = ReadonlyMap<string, CopyValue>;

/** Beside the errors and not in them: whoever logs an error must not tell the row's values. */
const refused = new WeakMap<object, Values>();

/** `COPY table, line 3`, perhaps with the line's own text behind it; where a function failed, a line of its own. */
const place = /^COPY \S+, line (\d+)/m;

/** Notes at which of these rows Postgres stopped, where the error of the COPY tells. */
export function noteRefusedRow(
  error: unknown,
  columns: readonly string[],
  rows: readonly (readonly CopyValue[])[],
): void {
  const line = place.exec(String((error as { where?: unknown } | null)?.where ?? ''))?.[1];
  const row = line === undefined ? undefined : rows[Number(line) - 1];
  if (row) refused.set(error as object, new Map(columns.map((column, index) => [column, row[index]!])));
}

/** What the refused row holds in a column of numbers; null where the error tells no row, or its table has no such column. */
export function refusedNumber(error: unknown, column: string): number | null {
  const value = error !== null && typeof error === 'object' ? refused.get(error)?.get(column) : undefined;
  return typeof value === 'number' ? value : null;
}
