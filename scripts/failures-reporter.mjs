import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';

/**
 * A reporter of vitest that leaves what failed in the file FAILURES_REPORT, as `{ name, message }`. Vitest's own reporter of JSON knows
 * nothing of a suite whose hooks failed nor of errors that no test caught.
 */
export default class FailuresReporter {
  /** @param {import('vitest/node').TestModule[]} modules @param {{ message?: string }[]} uncaught */
  onTestRunEnd(modules, uncaught) {
    const path = process.env.FAILURES_REPORT;
    if (!path) return;
    const failures = uncaught.map(({ message }) => ({ name: 'outside of the tests', message }));
    for (const module of modules) {
      const add = (name, errors = []) => {
        for (const { message } of errors) failures.push({ name: `${module.relativeModuleId} ${name}`.trim(), message });
      };
      add('', module.errors());
      for (const suite of module.children.allSuites()) add(`${suite.fullName}, its hooks`, suite.errors());
      for (const test of module.children.allTests('failed')) add(test.fullName, test.result().errors);
    }
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, JSON.stringify(failures));
  }
}
