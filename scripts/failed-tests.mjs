// What failed, by name, and its first words, for the end of a long output: what is before it may have been cut off.
// Runs before anything is installed: Node 20, only node: modules.
import { readFileSync } from 'node:fs';

const mostLines = 6;
const colours = new RegExp(`${String.fromCharCode(27)}\\[[0-9;]*m`, 'g');

const said = (message = '') =>
  message
    .replace(colours, '')
    .split('\n')
    .filter((line) => line.trim() !== '')
    .slice(0, mostLines)
    .map((line) => `    ${line.slice(0, 200)}`);

/** @param {object} suite of the report of Playwright's reporter `json`, which is such a suite itself */
function ofPlaywright({ suites = [], specs = [], errors = [] }) {
  return [
    ...errors.map(({ message }) => ({ name: 'outside of the journeys', message })),
    ...suites.flatMap(ofPlaywright),
    ...specs
      .filter(({ ok }) => !ok)
      .map(({ file, line, title, tests }) => ({
        name: `${file}:${line} ${title}`,
        message: tests.flatMap(({ results }) => results).find(({ error }) => error)?.error.message,
      })),
  ];
}

/**
 * @param {string} path of what FailuresReporter or Playwright's reporter `json` left
 * @returns {string[]} lines; none where nothing failed or where the run broke off before it left a report
 */
export function failedTests(path) {
  let report;
  try {
    report = JSON.parse(readFileSync(path, 'utf8'));
  } catch {
    return [];
  }
  const failures = Array.isArray(report) ? report : ofPlaywright(report);
  return failures.flatMap(({ name, message }) => [name, ...said(message)]);
}
