import { mkdirSync, writeFileSync } from 'node:fs';
import { cpus } from 'node:os';
import { join } from 'node:path';
import type { Bar, Result } from './result.ts';

/** Prints each bar as met or missed and keeps the figures under bench/results. How many were missed. */
export function report(result: Result): number {
  let missed = 0;
  for (const bar of result.bars) {
    const met = isMet(bar);
    if (!met) missed += 1;
    const sign = bar.better === 'more' ? '>=' : '<=';
    console.log(`${met ? 'met   ' : 'MISSED'}  ${bar.what}: ${shown(bar.seen)} (${sign} ${shown(bar.bar)})`);
  }
  keep(result);
  return missed;
}

function isMet({ bar, seen, better }: Bar): boolean {
  return better === 'more' ? seen >= bar : seen <= bar;
}

function shown(value: number): string {
  return Number.isInteger(value) || value >= 1_000 ? value.toFixed(0) : value.toPrecision(3);
}

function keep(result: Result): void {
  const folder = join(import.meta.dirname, 'results');
  mkdirSync(folder, { recursive: true });
  const machine = { cpus: cpus().length, node: process.version, platform: process.platform };
  const text = JSON.stringify({ ...result, at: new Date().toISOString(), machine }, null, 2);
  writeFileSync(join(folder, `${result.name}.json`), `${text}\n`);
}
