import { globSync, readFileSync } from 'node:fs';
import { expect, it } from 'vitest';

const root = new URL('../../../../', import.meta.url);

it('every test that docs/facts.md names exists', () => {
  const page = readFileSync(new URL('docs/facts.md', root), 'utf8');
  const named = [...page.matchAll(/: _([^_\n]+)_ *\|/g)].map((match) => match[1]!);
  const files = globSync(['packages/canonical-model/src/**/*.test.ts', 'apps/api/{src,test}/**/*.test.ts'], {
    cwd: root,
  });
  const sources = files.map((file) => readFileSync(new URL(file, root), 'utf8')).join('\n');
  expect(named.length).toBeGreaterThan(15);
  expect(named.filter((name) => !sources.includes(name))).toEqual([]);
});
