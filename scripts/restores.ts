import { spawnSync } from 'node:child_process';

/** Many histories of systems that were set back without a word: RESTORES says how many, RESTORES_SEED repeats a failure. */
const { status } = spawnSync('vitest', ['run', '--project', 'apps/api', 'test/restores'], {
  stdio: 'inherit',
  shell: process.platform === 'win32',
  env: { RESTORES: '200', ...process.env },
});
process.exit(status ?? 1);
