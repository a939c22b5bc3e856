import { spawnSync } from 'node:child_process';

/** The laws of facts on many more histories than `npm test` takes; LAWS_RUNS says how many, LAWS_SEED repeats a failure. */
const { status } = spawnSync('vitest', ['run', '--project', 'packages/canonical-model', 'src/laws'], {
  stdio: 'inherit',
  shell: process.platform === 'win32',
  env: { LAWS_RUNS: '10000', ...process.env },
});
process.exit(status ?? 1);
