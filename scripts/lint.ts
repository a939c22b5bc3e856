// oxlint, with proof that it looked: a boundary whose files have moved away would hold for nobody, and say nothing.
import { spawnSync } from 'node:child_process';
import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { featureArrows } from './feature-arrows.ts';
import { root } from './workspaces.ts';

const result = spawnSync('oxlint', [], { cwd: root, encoding: 'utf8', shell: process.platform === 'win32' });
const output = `${result.stdout}${result.stderr}`;
console.log(output.trim());

const faults: string[] = [];
if (result.status !== 0) faults.push('oxlint found something, see above.');
const seen = Number(/ on (\d+) files?/.exec(output)?.[1] ?? 0);
const sources = globSync('{packages,apps,scripts,e2e}/**/*.{ts,tsx,mjs}', {
  cwd: root,
  exclude: (name) => /(^|\/)(node_modules|dist)$/.test(name),
}).length;
if (seen === 0 || seen < sources) faults.push(`oxlint saw ${seen} of ${sources} source files.`);

interface Rules {
  overrides: { files: string[] }[];
}
const rules = JSON.parse(readFileSync(join(root, '.oxlintrc.json'), 'utf8')) as Rules;
for (const { files } of rules.overrides) {
  for (const pattern of files) {
    if (globSync(pattern, { cwd: root }).length > 0) continue;
    faults.push(
      `The boundary for ${pattern} in .oxlintrc.json matches no file: correct the path, or take the boundary out.`,
    );
  }
}
const { arrows, features } = featureArrows();
if (features < 10)
  faults.push(`Only ${features} features of the console were found: correct the path in feature-arrows.ts.`);
if (arrows.length > 0)
  faults.push(
    `Features of the console do not import each other: what two of them need moves down to components or api. ` +
      `They are: ${arrows.join(', ')}.`,
  );
for (const fault of faults) console.error(fault);
process.exitCode = faults.length > 0 ? 1 : 0;
