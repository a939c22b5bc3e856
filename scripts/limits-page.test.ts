import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import * as ofCalls from '../packages/api-contract/src/limits.ts';
import * as ofPeople from '../packages/api-contract/src/people-limits.ts';
import * as ofValues from '../packages/canonical-model/src/limits.ts';
import { limitRows, sources, withLimits } from './limits-page.ts';
import { root } from './workspaces.ts';

const text = (file: string) => readFileSync(join(root, file), 'utf8');
const page = text('docs/security.md');

/** Without the spaces and lines that only align a table. */
const lines = (markdown: string) =>
  markdown.split('\n').map((line) => line.replaceAll(/\s+/g, ' ').replaceAll(/-{3,}/g, '---').trim());

describe('docs/security.md', () => {
  it('names every limit with the number that the code has; else run node scripts/limits-page.ts', async () => {
    expect(lines(page)).toEqual(lines(await withLimits(page)));
  });

  it('tells of every exported limit what it is for', () => {
    const modules = [ofCalls, ofPeople, ofValues];
    for (const [index, file] of Object.values(sources).entries()) {
      const rows = limitRows(text(file), modules[index]!);
      const named = new Set(rows.map(({ name }) => name.split('.')[0]));
      expect([...named].toSorted()).toEqual(Object.keys(modules[index]!).toSorted());
      expect(rows.filter(({ why, limit }) => why === '' || /undefined|NaN|object/.test(limit))).toEqual([]);
    }
  });

  it('is no longer right once a number changes, a limit is added or one goes', () => {
    const before = limitRows(text(sources.Values), ofValues);
    const changed = limitRows(text(sources.Values), { ...ofValues, longest: { ...ofValues.longest, name: 301 } });
    expect(before).not.toEqual(changed);
    const added = '/** Of this test. */\nexport const more = 7_000;\n';
    expect(limitRows(added, { more: 7_000 })).toEqual([{ name: 'more', limit: '7,000', why: 'Of this test.' }]);
    expect(limitRows(text(sources.Values), { mostVersion: ofValues.mostVersion })).toHaveLength(1);
  });

  it('names no number in the tables of its sections that no limit has', async () => {
    const [sections, tables] = page.split('## Every limit, by name') as [string, string];
    const plain = (text: string) => text.replaceAll(/ (?:K|M)iB|(?<=\d) Mi\b/g, (unit) => ` ${unit.trim()[0]}i`);
    const numbers = (text: string) => plain(text).match(/\d+(?:,\d{3})*(?: (?:Ki|Mi|ms|s|min|h|days)\b)?/g) ?? [];
    const known = new Set(numbers(tables));
    // A unit more or less: the page says 60 s where the table says 1 min.
    for (const minutes of [...known].filter((one) => one.endsWith(' min'))) known.add(`${parseInt(minutes) * 60} s`);
    const rows = sections.split('\n').filter((line) => line.startsWith('|'));
    expect(rows.length).toBeGreaterThan(40);
    for (const row of rows)
      expect([row, numbers(row.replaceAll(/\([^)]*\)/g, '')).filter((one) => !known.has(one))]).toEqual([row, []]);
  });

  it('links only to sections that there are', () => {
    const slug = (title: string) =>
      title
        .toLowerCase()
        .replaceAll(/[^\w\s-]/g, '')
        .trim()
        .replaceAll(/\s/g, '-');
    const anchorsOf = (file: string) => [...text(file).matchAll(/^#+ (.+)$/gm)].map(([, title]) => slug(title!));
    const links = [...page.matchAll(/\]\(([\w-]+\.md)?(?:#([\w-]+))?\)/g)];
    expect(links.length).toBeGreaterThan(15);
    for (const [link, file = 'security.md', anchor] of links)
      if (anchor !== undefined) expect([link, anchorsOf(`docs/${file}`).includes(anchor)]).toEqual([link, true]);
  });
});
