import { spawnSync } from 'node:child_process';

/**
 * The laws of facts on many more histories than `npm test` takes: on the pure core, then through Postgres and HTTP against both
 * reference systems. LAWS_RUNS and LAWS_HTTP_RUNS say how many, LAWS_SEED repeats a failure.
 */
const parts = [
  ['packages/canonical-model', 'src/laws'],
  ['apps/api', 'test/histories'],
];
let failed = false;
for (const [project, folder] of parts) {
  const { status } = spawnSync('vitest', ['run', '--project', project!, folder!], {
    stdio: 'inherit',
    shell: process.platform === 'win32',
    env: { LAWS_RUNS: '10000', LAWS_HTTP_RUNS: '200', ...process.env },
  });
  failed ||= status !== 0;
}
process.exit(failed ? 1 : 0);
