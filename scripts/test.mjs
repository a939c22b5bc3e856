// `npm test`, and `npm run check` without the browser. Runs before anything is installed: Node 20, only node: modules.
import { spawn } from 'node:child_process';
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { failedTests } from './failed-tests.mjs';
import { install, productEnv, productNode, root } from './install.mjs';

const withBrowser = !process.argv.includes('--no-browser');

/** Where the two runners of tests leave what they found, for the summary. */
const report = (runner) => join(root, 'test-results', `${runner}.json`);
const reports = { unit: report('unit'), journeys: report('journeys') };

const steps = [
  ['types', 'typecheck.ts'],
  ['lint', 'lint.ts'],
  ['unused code', 'knip'],
  ['format', 'prettier', '--check', '.', '--log-level=warn'],
  ['files and lockfile', 'check-files.ts'],
  // The journeys serve what is built; without them the build still has to pass.
  ['build', 'turbo', 'run', 'build', '--output-logs=errors-only'],
  [
    'unit, law and integration tests',
    'vitest',
    'run',
    '--reporter=default',
    `--reporter=${join(root, 'scripts', 'failures-reporter.mjs')}`,
  ],
];
if (withBrowser)
  steps.push(['browser journeys', 'playwright', 'test', '--config', join('e2e', 'playwright.config.ts')]);

let child;
for (const signal of ['SIGINT', 'SIGTERM']) {
  process.on(signal, () => {
    child?.kill(signal);
    process.exit(1);
  });
}

function run([command, ...args]) {
  const own = command.endsWith('.ts');
  const program = own ? productNode() : command;
  const programArgs = own ? [join(root, 'scripts', command)] : args;
  return new Promise((done) => {
    child = spawn(program, programArgs, {
      cwd: root,
      stdio: 'inherit',
      shell: !own && process.platform === 'win32',
      env: productEnv({
        TURBO_TELEMETRY_DISABLED: '1',
        DO_NOT_TRACK: '1',
        FAILURES_REPORT: reports.unit,
        JOURNEYS_REPORT: reports.journeys,
      }),
    });
    child.once('error', (error) => {
      console.error(`${command} could not be run: ${error.message}`);
      done(false);
    });
    child.once('exit', (code) => done(code === 0));
  });
}

const seconds = (since) => ((Date.now() - since) / 1000).toFixed(1);

const begin = Date.now();
try {
  await install((installer) => (child = installer));
} catch (error) {
  console.error(error.message);
  process.exit(1);
}
console.log(`installed, ${seconds(begin)} s`);

for (const path of Object.values(reports)) rmSync(path, { force: true });
const results = [];
for (const [name, ...command] of steps) {
  console.log(`\n== ${name}`);
  const since = Date.now();
  const passed = await run(command);
  results.push({ name, passed, took: seconds(since) });
}

console.log('');
for (const { name, passed, took } of results)
  console.log(`${passed ? 'passed' : 'FAILED'}  ${took.padStart(6)} s  ${name}`);
const failed = results.filter(({ passed }) => !passed).length;
if (failed > 0) for (const path of Object.values(reports)) for (const line of failedTests(path)) console.log(line);
console.log(`${results.length - failed} passed, ${failed} failed`);
process.exitCode = failed > 0 ? 1 : 0;
