import { defineConfig } from 'vitest/config';

/**
 * The tests that must notice a change of the heart: those of facts and survivorship themselves, without database and laws. They run
 * once for every mutant, so that seconds count: one worker for all files, and few runs of each property.
 */
export default defineConfig({
  test: {
    include: ['packages/canonical-model/src/{facts,survivorship}/**/*.test.ts'],
    exclude: ['**/facts-page.test.ts', '**/node_modules/**'],
    env: { PROPERTY_RUNS: '30' },
    isolate: false,
    fileParallelism: false,
    testTimeout: 30_000,
  },
});
