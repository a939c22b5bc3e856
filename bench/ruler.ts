import { pipeline } from 'node:stream/promises';
import { Readable } from 'node:stream';
import type pg from 'pg';
import { from as copyFrom } from 'pg-copy-streams';

/**
 * Seconds that a plain COPY of the rows' JSON takes into a table of text with a bigint primary key, committed: the limit that other
 * figures are told by, since the machine itself is faster one minute and slower the next.
 */
export async function copySeconds(db: pg.Client, rows: readonly string[]): Promise<number> {
  await db.query(
    'drop table if exists bench_ruler; create table bench_ruler (id bigint primary key, row text not null)',
  );
  const began = performance.now();
  await pipeline(Readable.from(blocksOf(rows)), db.query(copyFrom('copy bench_ruler (id, row) from stdin')));
  const seconds = (performance.now() - began) / 1000;
  await db.query('drop table bench_ruler');
  return seconds;
}

function* blocksOf(rows: readonly string[]): Generator<string> {
  let block = '';
  for (const [index, row] of rows.entries()) {
    block += `${index}\t${row.replaceAll('\\', '\\\\')}\n`;
    if (block.length < 65_536) continue;
    yield block;
    block = '';
  }
  if (block !== '') yield block;
}
