import type { Row } from './site.ts';

const known = new WeakMap<Row, number>();

/** The length of a row as JSON. A row is made anew whenever it changes. */
export function bytesOf(row: Row): number {
  let bytes = known.get(row);
  if (bytes === undefined) known.set(row, (bytes = JSON.stringify(Object.values(row.fields)).length));
  return bytes;
}
