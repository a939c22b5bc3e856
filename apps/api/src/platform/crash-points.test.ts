import { globSync, readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { crashPoints } from './crash-points.ts';

const src = new URL('../', import.meta.url);

it('every named point stands somewhere on the way, so that a process can die there', () => {
  const called = new Set<string>();
  for (const file of globSync('**/*.ts', { cwd: src })) {
    const text = readFileSync(new URL(file, src), 'utf8');
    for (const [, point] of text.matchAll(/\bcrashPoint\('([^']+)'\)/g)) called.add(point!);
  }
  expect([...called].sort()).toEqual(Object.keys(crashPoints).sort());
});
