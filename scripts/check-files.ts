// What no linter knows: the lengths that keep the code readable, and a lockfile that installs on every platform.
import { globSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { root } from './workspaces.ts';

const longest = 400;

/** These tell the whole story of the hub from top to bottom; a stage's store holds the SQL. */
const stories = ['ingest', 'decide', 'refresh'].map((name) => `apps/api/src/pipeline/${name}.ts`);
const longestStory = 150;
const sql =
  /\b(select\b[^;]{1,400}?\bfrom|insert\s+into|update\s+[a-z_."]+\s+set|delete\s+from|create\s+(table|temp)|with\s+\w+\s+as\s*\()\b/i;

const faults: string[] = [];

function checkLengths(): void {
  const files = globSync('**/*.{ts,tsx,mjs,css,html}', {
    cwd: root,
    exclude: (name) => /^(node_modules|dist|\.data|\.turbo|test-results|playwright-report)$/.test(basename(name)),
  });
  if (files.length === 0) faults.push('No source file was found: the check would have seen nothing.');
  for (const file of files) {
    const lines = linesOf(file).length;
    if (lines > longest)
      faults.push(`${file} has ${lines} lines, ${longest} are allowed: it holds two ideas, part them.`);
  }
  console.log(`${files.length} files looked at`);
}

function checkStories(): void {
  for (const story of stories) {
    const lines = linesOf(story);
    if (lines.length > longestStory) faults.push(`${story} has ${lines.length} lines, ${longestStory} are allowed.`);
    const code = lines.filter((line) => !/^\s*(\/\/|\*|\/\*)/.test(line)).join('\n');
    const found = sql.exec(code);
    if (found) faults.push(`${story} holds SQL ("${found[0].slice(0, 40)}"): it belongs into the stage's store.`);
  }
}

interface Lockfile {
  packages: Record<string, { optionalDependencies?: Record<string, string> }>;
}

/** npm writes only this platform's parts of a version whose other parts it did not get, and `npm ci` refuses that elsewhere. */
function checkLockfile(): void {
  const { packages } = JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8')) as Lockfile;
  let looked = 0;
  for (const [path, { optionalDependencies = {} }] of Object.entries(packages)) {
    for (const part of Object.keys(optionalDependencies)) {
      looked++;
      if (placesFor(path, part).some((place) => packages[place])) continue;
      faults.push(
        `package-lock.json lacks ${part}, a part of ${path || 'the root'}: pin a version all parts of which exist.`,
      );
    }
  }
  if (looked === 0) faults.push('package-lock.json names no optional part: the check would have seen nothing.');
  console.log(`${looked} optional parts looked up in the lockfile`);
}

/** Where Node would look for a package from another: its own folder first, then those around it. */
function placesFor(path: string, part: string): string[] {
  const places = [];
  for (let from = path; ; from = from.slice(0, Math.max(0, from.lastIndexOf('/')))) {
    places.push(from ? `${from}/node_modules/${part}` : `node_modules/${part}`);
    if (!from) return places;
  }
}

function linesOf(file: string): string[] {
  return readFileSync(join(root, file), 'utf8').replace(/\n$/, '').split('\n');
}

checkLengths();
try {
  checkStories();
} catch (error) {
  faults.push((error as Error).message);
}
checkLockfile();
for (const fault of faults) console.error(fault);
process.exitCode = faults.length > 0 ? 1 : 0;
