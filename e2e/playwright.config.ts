import { defineConfig } from '@playwright/test';
import { findBrowser } from './browser.ts';

const inCi = Boolean(process.env['CI']);
/** Their stacks are their own: they run beside those that share one. */
const onOwnStacks = ['roles.spec.ts', 'scripts.spec.ts'];
// A picture of every step costs as much as the steps; the last one is taken anyway.
const trace = { mode: 'retain-on-failure', screenshots: false } as const;
const report = process.env['JOURNEYS_REPORT'];

export default defineConfig({
  testDir: '.',
  testMatch: '*.spec.ts',
  outputDir: 'test-results',
  globalSetup: './journey/stack-setup.ts',
  // On one stack one journey at a time, and a journey that passes only the second time has found a race.
  projects: [
    { name: 'one stack for all', testIgnore: onOwnStacks, workers: 1 },
    // Hundreds of places: a copy of the page before and after each step costs a tenth of the walk, and each fault says where it is.
    { name: 'a stack of its own', testMatch: onOwnStacks, use: { trace: { ...trace, snapshots: false } } },
  ],
  workers: 2,
  retries: 0,
  forbidOnly: inCi,
  // On a busy machine a journey takes minutes; each of its waits has a limit of its own.
  timeout: 240_000,
  expect: { timeout: 15_000 },
  reporter: [['list'], ...(report ? [['json', { outputFile: report }] as const] : [])],
  use: {
    browserName: 'chromium',
    launchOptions: await findBrowser(),
    viewport: { width: 1280, height: 800 },
    // A colour on its way to another has no lasting contrast to judge.
    contextOptions: { reducedMotion: 'reduce' },
    trace,
    screenshot: 'only-on-failure',
  },
});
