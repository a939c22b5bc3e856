// Tests the tests of facts and survivorship: Stryker changes the code, and each change must be noticed or have its reason on the page.
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { folderScores, pageFaults, type MutationReport } from './mutation-page.ts';
import { root } from './workspaces.ts';

interface Config {
  jsonReporter: { fileName: string };
  thresholds: { break: number };
}

const options = process.argv.slice(2);
const { status } = spawnSync('stryker', ['run', 'stryker.config.json', ...options], {
  cwd: root,
  stdio: 'inherit',
  shell: process.platform === 'win32',
});
if (status !== 0) process.exit(status ?? 1);

const read = (path: string) => readFileSync(join(root, path), 'utf8');
const { jsonReporter, thresholds } = JSON.parse(read('stryker.config.json')) as Config;
const report = JSON.parse(read(jsonReporter.fileName)) as MutationReport;
const isWhole = options.length === 0;
const scores = [...folderScores(report)];
for (const [folder, score] of scores) console.log(`${folder}: ${score.toFixed(1)} % of the mutants noticed`);

const low = scores.filter(([, score]) => score < thresholds.break);
const faults = [
  ...low.map(([folder, score]) => `${folder}: ${score.toFixed(1)} % is below ${thresholds.break} %.`),
  ...pageFaults(read('docs/mutation.md'), report, isWhole),
];
for (const fault of faults) console.error(fault);
if (faults.length > 0) console.error('\nAdd a test, or bring docs/mutation.md up to date.');
process.exitCode = faults.length > 0 ? 1 : 0;
