import { existsSync, readdirSync } from 'node:fs';
import { resolve } from 'node:path';
import { defineConfig } from 'vitest/config';

const root = import.meta.dirname;

/** Every workspace is a project of its own, so that one runs by name: `vitest --project apps/api`. */
const workspaces = ['packages', 'apps'].flatMap((folder) =>
  readdirSync(resolve(root, folder))
    .map((name) => `${folder}/${name}`)
    .filter((path) => existsSync(resolve(root, path, 'package.json'))),
);

const project = (path: string, include: string[]) => ({
  extends: true as const,
  root: resolve(root, path),
  test: { name: path, include },
});

/** Minutes long: a hub dies at every named point, and under random kills. */
const crashTests = process.env['npm_lifecycle_event'] === 'crash-points' ? ['crash/*.test.ts'] : [];

export default defineConfig({
  test: {
    globalSetup: [resolve(root, 'scripts/test-postgres.ts')],
    exclude: ['**/node_modules/**', '**/dist/**'],
    // The log level is read when the logger is first imported, too early for a test to set it.
    env: { LOG_LEVEL: 'silent' },
    // Two shared cores and a real database: a slow minute of the machine is no failure.
    testTimeout: 30_000,
    hookTimeout: 60_000,
    expect: { poll: { timeout: 25_000 } },
    projects: [
      ...workspaces.map((path) => project(path, ['{src,test}/**/*.test.{ts,tsx}'])),
      project('scripts', ['*.test.ts']),
      project('bench', ['*.test.ts']),
      project('e2e', ['integration/**/*.test.ts', '*.test.ts', ...crashTests]),
    ],
  },
});
