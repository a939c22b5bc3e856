/** What a run of Stryker tells: https://github.com/stryker-mutator/mutation-testing-elements (the report schema). */
export interface MutationReport {
  files: Record<string, { source: string; mutants: Mutant[] }>;
}

interface Mutant {
  status: string;
  location: { start: Place; end: Place };
  replacement?: string;
}

/** Counted from 1. */
interface Place {
  line: number;
  column: number;
}

const source = /^.*\/src\//;
const longestCode = 110;
const fewCharacters = 12;
const contextLength = 30;

/** For each folder the share of its mutants that the tests noticed, in per cent. */
export function folderScores({ files }: MutationReport): Map<string, number> {
  const all = Object.entries(files).flatMap(([path, { mutants }]) =>
    mutants.map(({ status }) => ({ folder: path.replace(source, '').split('/')[0]!, status })),
  );
  const share = (statuses: readonly string[]) => (100 * statuses.filter(isNoticed).length) / statuses.length;
  const counted = all.filter(({ status }) => isNoticed(status) || isLeft(status));
  return new Map(
    [...Map.groupBy(counted, ({ folder }) => folder)].map(([folder, some]) => [
      folder,
      share(some.map(({ status }) => status)),
    ]),
  );
}

/** A line for each mutant that no test notices, as docs/mutation.md names it: the file, its code, and what that became. */
export function survivorLines({ files }: MutationReport): string[] {
  const lines = Object.entries(files).flatMap(([path, file]) =>
    file.mutants
      .filter(({ status }) => isLeft(status))
      .map((mutant) => {
        const [was, became] = changeOf(mutant, file.source);
        return `- ${asCode(path.replace(source, ''))} ${asCode(was)} → ${asCode(became)}`;
      }),
  );
  return [...Map.groupBy(lines, (line) => line)].map(([line, { length }]) =>
    length === 1 ? line : `${line} (${length} times)`,
  );
}

/**
 * What is wrong with the page after this run: mutants that it does not name, and lines of it that no mutant answers to any more. Of a
 * run of all files also the scores that it shows.
 */
export function pageFaults(page: string, report: MutationReport, isWhole: boolean): string[] {
  const survivors = survivorLines(report);
  const named = page.split('\n').filter((line) => line.startsWith('- `'));
  const tried = Object.keys(report.files).map((path) => `- ${asCode(path.replace(source, ''))} `);
  const isTried = (line: string) => isWhole || tried.some((file) => line.startsWith(file));
  const stale = named.filter((line) => isTried(line) && !survivors.includes(line));
  const rows = isWhole ? [...folderScores(report)].map(([folder, score]) => [folder, `${score.toFixed(1)} %`]) : [];
  return [
    ...survivors.filter((line) => !named.includes(line)).map((line) => `Survives, and is not on the page:\n${line}`),
    ...stale.map((line) => `Is on the page, and survives no more:\n${line}`),
    ...rows
      .filter(([folder, score]) => !new RegExp(`^\\| ${folder} +\\| ${score} +\\|`, 'm').test(page))
      .map(([folder, score]) => `The page does not show the score of ${folder}: ${score}`),
  ];
}

const isNoticed = (status: string) => status === 'Killed' || status === 'Timeout';
const isLeft = (status: string) => status === 'Survived' || status === 'NoCoverage';

/** The code and what it became; where that is a few characters only, with what stands around them. */
function changeOf({ location: { start, end }, replacement = '' }: Mutant, text: string): [string, string] {
  const lines = text.split('\n').slice(start.line - 1, end.line);
  const before = lines[0]!.slice(0, start.column - 1);
  const after = lines.at(-1)!.slice(end.column - 1);
  const code = lines.join('\n').slice(before.length, after.length === 0 ? undefined : -after.length);
  if (code.length > fewCharacters) return [code, replacement];
  const around = (some: string) => before.slice(-contextLength) + some + after.slice(0, contextLength);
  return [around(code), around(replacement)];
}

/** On one line, as a code span. */
function asCode(code: string): string {
  const line = code.replace(/\s+/g, ' ').trim();
  const short = line.length <= longestCode ? line : `${line.slice(0, longestCode)}…`;
  if (!short.includes('`')) return `\`${short}\``;
  // A blank only where a backtick would touch the marks: elsewhere the formatter takes it away.
  const pad = short.startsWith('`') || short.endsWith('`') ? ' ' : '';
  return `\`\`${pad}${short}${pad}\`\``;
}
