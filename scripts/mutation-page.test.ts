import { describe, expect, it } from 'vitest';
import { folderScores, pageFaults, survivorLines, type MutationReport } from './mutation-page.ts';

const file = 'packages/canonical-model/src/facts/order.ts';

/** A file of two lines, with mutants at the given columns of the first. */
function aReport(mutants: { status: string; from: number; to: number; became: string }[], path = file): MutationReport {
  return {
    files: {
      [path]: {
        source: "return first.at < second.at ? '`' :\n  'the other one';\n",
        mutants: mutants.map(({ status, from, to, became }) => ({
          status,
          location: { start: { line: 1, column: from }, end: { line: 1, column: to } },
          replacement: became,
        })),
      },
    },
  };
}

const less = { from: 8, to: 28, became: 'first.at <= second.at' };
const lessLine = '- `facts/order.ts` `first.at < second.at` → `first.at <= second.at`';
const page = (lines: string[], score = '50.0 %') =>
  ['| folder | score |', '| ------ | ------ |', `| facts  | ${score} |`, '', ...lines, ''].join('\n');

describe('the lines of the page', () => {
  it('name the file, its code and what that became', () => {
    expect(survivorLines(aReport([{ ...less, status: 'Survived' }]))).toEqual([lessLine]);
  });

  it('name what no test runs too, and neither what a test noticed nor what was left out', () => {
    const mutants = ['Killed', 'Timeout', 'Ignored', 'NoCoverage'].map((status) => ({ ...less, status }));
    expect(survivorLines(aReport(mutants))).toEqual([lessLine]);
  });

  it('count what is the same twice in a file', () => {
    const twice = [less, less].map((mutant) => ({ ...mutant, status: 'Survived' }));
    expect(survivorLines(aReport(twice))).toEqual([`${lessLine} (2 times)`]);
  });

  it('show code of several lines on one, and code with backticks whole', () => {
    const report = aReport([{ ...less, from: 31, became: '``', status: 'Survived' }]);
    report.files[file]!.mutants[0]!.location.end = { line: 2, column: 18 };
    expect(survivorLines(report)).toEqual(["- `facts/order.ts` ``'`' : 'the other one'`` → `` `` ``"]);
  });

  it('show what stands around a few characters', () => {
    const report = aReport([{ from: 19, to: 25, became: 'a', status: 'Survived' }]);
    expect(survivorLines(report)).toEqual([
      "- `facts/order.ts` ``return first.at < second.at ? '`' :`` → ``return first.at < a.at ? '`' :``",
    ]);
  });
});

it('the score of a folder leaves out what was not tried', () => {
  const mutants = ['Killed', 'Timeout', 'Survived', 'NoCoverage', 'Ignored'].map((status) => ({ ...less, status }));
  expect([...folderScores(aReport(mutants))]).toEqual([['facts', 50]]);
});

describe('what is wrong with the page', () => {
  const report = aReport([
    { ...less, status: 'Survived' },
    { ...less, status: 'Killed' },
  ]);

  it('nothing, where it names all', () => {
    expect(pageFaults(page([lessLine]), report, true)).toEqual([]);
  });

  it('a survivor that it lacks', () => {
    expect(pageFaults(page([]), report, true)).toEqual([expect.stringContaining(lessLine)]);
  });

  it('a line that survives no more, if its file was tried', () => {
    const gone = lessLine.replace('<=', '>=');
    expect(pageFaults(page([lessLine, gone]), report, true)).toEqual([expect.stringContaining(gone)]);
    const elsewhere = gone.replace('order', 'fold');
    expect(pageFaults(page([lessLine, elsewhere]), report, false)).toEqual([]);
    expect(pageFaults(page([lessLine, elsewhere]), report, true)).toEqual([expect.stringContaining(elsewhere)]);
  });

  it('another score, if all files were tried', () => {
    const old = page([lessLine], '95.0 %');
    expect(pageFaults(old, report, true)).toEqual([expect.stringContaining('50.0 %')]);
    expect(pageFaults(old, report, false)).toEqual([]);
  });
});
