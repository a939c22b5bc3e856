import { existsSync, readdirSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { resolve } from 'node:path';
import { defineConfig } from 'vitest/config';

const root = import.meta.dirname;

/** Every workspace is a project of its own, so that one runs by name: `vitest --project apps/api`. */
const workspaces = ['packages', 'apps'].flatMap((folder) =>
  readdirSync(resolve(root, folder))
    .map((name) => `${folder}/${name}`)
    .filter((path) => existsSync(resolve(root, path, 'package.json'))),
);

/** Projects whose tests compute only: no server is started for them. */
const pure = [
  'packages/api-contract',
  'packages/canonical-model',
  'packages/demo-population',
  'packages/lab',
  'apps/cli',
  'apps/csv-system',
  'apps/web',
  'bench',
];

/** All have one root, so that they share one server and what it has transformed. */
const project = (path: string, ...include: string[]) => ({
  extends: true as const,
  test: {
    name: path,
    include: include.map((pattern) => `${path}/${pattern}`),
    globalSetup: pure.includes(path) ? [] : [resolve(root, 'scripts/test-postgres.ts')],
  },
});

/** Each file of it runs Postgres, hub and systems as processes of its own: after all others, and no more at once than there are cores. */
const whole = ({ test, ...one }: ReturnType<typeof project>) => ({
  ...one,
  test: { ...test, maxWorkers: availableParallelism(), sequence: { groupOrder: 1 } },
});

/** Minutes long: a hub dies at every named point, and under random kills. */
const crashTests = process.env['npm_lifecycle_event'] === 'crash-points' ? ['crash/*.test.ts'] : [];

/** Minutes long, each by a command of its own name: thousands of rows are rewritten, dozens of hubs are harmed. */
const notHere = ['equality', 'harm', 'lab-hub', 'orders', 'quiet']
  .filter((name) => process.env['npm_lifecycle_event'] !== name)
  .map((name) => `**/test/${name}/**`);

export default defineConfig({
  test: {
    exclude: ['**/node_modules/**', '**/dist/**', ...notHere],
    // Nest, TypeORM and better-auth take longer to import than most files take to run: each worker imports them once for all its files.
    isolate: false,
    // Most of a test with a hub is waiting, for Postgres or for a limit of time: with one worker less than cores, which is what is
    // meant for tests that compute, a machine of two cores stands still half the time.
    maxWorkers: availableParallelism() + 1,
    // The log level is read when the logger is first imported, too early for a test to set it.
    env: { LOG_LEVEL: 'silent' },
    // Two shared cores and a real database: a slow minute of the machine is no failure.
    testTimeout: 60_000,
    hookTimeout: 90_000,
    expect: { poll: { timeout: 25_000 } },
    projects: [
      ...workspaces.map((path) => project(path, '{src,test}/**/*.test.{ts,tsx}')),
      project('scripts', '*.test.ts'),
      project('bench', '*.test.ts'),
      whole(project('e2e', 'integration/**/*.test.ts', '*.test.ts', ...crashTests)),
    ],
  },
});
