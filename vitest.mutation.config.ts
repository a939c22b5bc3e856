import { defineConfig } from 'vitest/config';

/** The tests that must notice a change of the heart: those of facts and survivorship themselves, without database and laws. */
export default defineConfig({
  test: {
    include: ['packages/canonical-model/src/{facts,survivorship}/**/*.test.ts'],
    exclude: ['**/facts-page.test.ts', '**/node_modules/**'],
    testTimeout: 30_000,
  },
});
