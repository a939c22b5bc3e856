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

/** None waits for another, and none uses two cores all the time: two at a time, and each is told when it has ended. */
const checks = [
  ['types', 'typecheck.ts'],
  // The journeys serve what is built; without them the build still has to pass.
  ['build', 'turbo', 'run', 'build', '--output-logs=errors-only'],
  ['format', 'prettier', '--check', '.', '--log-level=warn', '--cache', '--cache-strategy=content'],
  ['unused code', 'knip', '--cache'],
  ['lint', 'lint.ts'],
  ['files and lockfile', 'check-files.ts'],
];
/** These use all that the machine has, and limits of time hold in them: one after the other. */
const tests = [
  [
    'unit, law and integration tests',
    'vitest',
    'run',
    '--reporter=default',
    `--reporter=${join(root, 'scripts', 'failures-reporter.mjs')}`,
  ],
];
if (withBrowser)
  tests.push(['browser journeys', 'playwright', 'test', '--config', join('e2e', 'playwright.config.ts')]);

const children = [];
for (const signal of ['SIGINT', 'SIGTERM']) {
  process.on(signal, () => {
    for (const child of children) child.kill(signal);
    process.exit(1);
  });
}

/** Resolves with whether it passed; what it prints is given to `print`, or goes straight out. */
function run([command, ...args], print) {
  const own = command.endsWith('.ts');
  const program = own ? productNode() : command;
  const programArgs = own ? [join(root, 'scripts', command)] : args;
  return new Promise((done) => {
    const child = spawn(program, programArgs, {
      cwd: root,
      stdio: print ? ['ignore', 'pipe', 'pipe'] : 'inherit',
      shell: !own && process.platform === 'win32',
      env: productEnv({
        TURBO_TELEMETRY_DISABLED: '1',
        DO_NOT_TRACK: '1',
        FAILURES_REPORT: reports.unit,
        JOURNEYS_REPORT: reports.journeys,
      }),
    });
    children.push(child);
    child.stdout?.on('data', print);
    child.stderr?.on('data', print);
    child.once('error', (error) => {
      console.error(`${command} could not be run: ${error.message}`);
      done(false);
    });
    child.once('close', (code) => done(code === 0));
  });
}

const seconds = (since) => ((Date.now() - since) / 1000).toFixed(1);

const begin = Date.now();
try {
  await install((installer) => children.push(installer));
} catch (error) {
  console.error(error.message);
  process.exit(1);
}
console.log(`installed, ${seconds(begin)} s`);

for (const path of Object.values(reports)) rmSync(path, { force: true });
const results = [];
async function take([name, ...command], output) {
  const since = Date.now();
  const passed = await run(command, output && ((chunk) => output.push(chunk)));
  results.push({ name, passed, took: seconds(since) });
}

const waiting = [...checks];
async function checkNext() {
  for (let check = waiting.shift(); check; check = waiting.shift()) {
    const output = [];
    await take(check, output);
    console.log(`\n== ${check[0]}\n${Buffer.concat(output).toString().trim()}`);
  }
}
await Promise.all([checkNext(), checkNext()]);
for (const test of tests) {
  console.log(`\n== ${test[0]}`);
  await take(test);
}

console.log('');
for (const { name, passed, took } of results)
  console.log(`${passed ? 'passed' : 'FAILED'}  ${took.padStart(6)} s  ${name}`);
const failed = results.filter(({ passed }) => !passed).length;
if (failed > 0) for (const path of Object.values(reports)) for (const line of failedTests(path)) console.log(line);
console.log(`${results.length - failed} passed, ${failed} failed`);
process.exitCode = failed > 0 ? 1 : 0;
