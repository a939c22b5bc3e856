// node scripts/limits-page.ts: writes the tables at the end of docs/security.md anew, from the constants and what is said above each.
import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { root } from './workspaces.ts';

const page = join(root, 'docs/security.md');

/** What stands below this line is made by this program. */
const mark = '<!-- made by: node scripts/limits-page.ts -->';

export const sources = {
  'Calls, waits, shares': 'packages/api-contract/src/limits.ts',
  'People and sessions': 'packages/api-contract/src/people-limits.ts',
  Values: 'packages/canonical-model/src/limits.ts',
} as const;

interface Row {
  name: string;
  limit: string;
  why: string;
}

/** A page with the tables put in as the code has them today. */
export async function withLimits(text: string): Promise<string> {
  const tables = await Promise.all(
    Object.entries(sources).map(async ([title, file]) => {
      const values = (await import(pathToFileURL(join(root, file)).href)) as Record<string, unknown>;
      const rows = limitRows(readFileSync(join(root, file), 'utf8'), values);
      const lines = rows.map(({ name, limit, why }) => `| \`${name}\` | ${limit} | ${why} |`);
      return `### ${title}\n\n| in \`${file}\` | limit | what and why |\n| --- | --- | --- |\n${lines.join('\n')}\n`;
    }),
  );
  const [before, ...made] = text.split(mark);
  if (made.length !== 1) throw new Error(`docs/security.md needs the line ${mark} once.`);
  return `${before}${mark}\n\n${tables.join('\n')}`;
}

/** One row for each constant, or for each member of it that is told by itself. */
export function limitRows(source: string, values: Record<string, unknown>): Row[] {
  const place = (name: string) => source.search(declaration(name));
  const inOrder = Object.entries(values).toSorted(([a], [b]) => place(a) - place(b));
  return inOrder.flatMap(([name, value]) => {
    const [why, body] = declared(source, name);
    if (typeof value !== 'object' || value === null) return [{ name, limit: inWords(name, value, body), why }];
    const members = Object.entries(value);
    const told = members.map(([member]) => commentBefore(body, new RegExp(`^ +${member}(?::|,$)`, 'm')));
    if (told.every((words) => words === ''))
      return [{ name, limit: members.map(([member, one]) => `${member} ${inWords(member, one)}`).join(', '), why }];
    return members.map(([member, one], index) => {
      // What is said above a line holds for those that follow it closely.
      const words = told.slice(0, index + 1).findLast((one) => one !== '');
      return { name: `${name}.${member}`, limit: inWords(member, one), why: words ?? why };
    });
  });
}

/** What is said above an export, and the export itself up to the next one. */
function declared(source: string, name: string): [why: string, body: string] {
  const at = source.search(declaration(name));
  const body = source.slice(at + 'export '.length).split(/^export /m)[0]!;
  return [commentBefore(source, declaration(name)), body];
}

function declaration(name: string): RegExp {
  return new RegExp(`^export (?:const|function) ${name}\\b`, 'm');
}

/** The comment that ends right above a line; several lines of it as one. */
function commentBefore(source: string, line: RegExp): string {
  const at = source.search(line);
  if (at < 0) return '';
  const [, words = ''] = /\/\*\*((?:(?!\*\/).)*)\*\/\s*$/s.exec(source.slice(0, at)) ?? [];
  return words
    .replaceAll(/^\s*\* ?/gm, '')
    .replaceAll(/\s+/g, ' ')
    .replaceAll('|', '\\|')
    .trim();
}

/** A number with its unit, which its name tells: milliseconds end in Ms, sizes have bytes in the name. */
function inWords(name: string, value: unknown, body = ''): string {
  if (typeof value === 'function') return `\`${/return (.+);/.exec(body)![1]!}\``;
  if (typeof value === 'object' && value !== null)
    return Object.entries(value)
      .map(([member, one]) => `${member} ${inWords(member, one)}`)
      .join(', ');
  if (typeof value !== 'number') return `\`${String(value)}\``;
  if (name.endsWith('Ms'))
    return inUnits(value, [
      ['days', 86_400_000],
      ['h', 3_600_000],
      ['min', 60_000],
      ['s', 1_000],
      ['ms', 1],
    ]);
  const counted = value.toLocaleString('en-US');
  return value >= 16_384 && value % 1024 === 0 && value < 2 ** 40
    ? `${counted} (${inUnits(value, [
        ['Mi', 2 ** 20],
        ['Ki', 2 ** 10],
      ])})`
    : counted;
}

function inUnits(value: number, units: readonly (readonly [string, number])[]): string {
  const [unit, size] = units.find(([, one]) => value >= one && value % one === 0) ?? units.at(-1)!;
  return `${(value / size).toLocaleString('en-US')} ${unit}`;
}

if (process.argv[1] === import.meta.filename) {
  writeFileSync(page, await withLimits(readFileSync(page, 'utf8')));
  execFileSync('prettier', ['--write', page], { stdio: 'inherit' });
}
