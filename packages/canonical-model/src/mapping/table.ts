import type { Model } from '../customer/model/model.ts';
import type { Json } from '../json.ts';
import { longest, most } from '../limits.ts';
import { conventionsOf } from './conventions.ts';
import { withCrosswalks } from './crosswalks.ts';
import type { MappingDocument } from './document.ts';
import { compileKey } from './envelope-codec.ts';
import type { Unreadable } from './lens.ts';
import { neededColumns, type CellType, type NeededColumns } from './needed-columns.ts';
import { parsePath, type ParsedPath } from './parse-path.ts';
import { readPath, writePath } from './path.ts';

type Row = { [member: string]: Json };

/** Records of one system as rows of a table, such as the lines of a CSV file: columns are native paths, cells are texts. */
export interface Table {
  /** What the columns under this header mean, or all that keeps the file from being read, each with its column. */
  header(names: readonly string[]): { ok: true; columns: TableColumns } | { ok: false; problems: Unreadable[] };
}

export interface TableColumns {
  count: number;
  /** Columns that the mapping does not read: they are carried in the row. */
  unmapped: string[];
  /** The native row of these cells. An empty cell is not there, so that the mapping says what its absence means. */
  row(cells: readonly string[]): Row;
  /** Its key, or why it has none. */
  key(row: Json): { ok: true; key: string } | { ok: false; unreadable: Unreadable };
}

interface Column {
  name: string;
  type: CellType;
  /** Null where the name is no path: then it is the name of a member. */
  path: ParsedPath | null;
}

/** @param document one that `validateMapping` has accepted */
export function compileTable(document: MappingDocument, model: Model): Table {
  const needed = neededColumns(withCrosswalks(document, model), model);
  const readKey = compileKey(document.key, conventionsOf(document));
  return {
    header: (given) => {
      const names = withoutNameless(given.map((name) => name.trim()));
      const problems = [...nameProblems(names), ...missing(needed, names)];
      if (problems.length > 0) return { ok: false, problems };
      const columns = names.map((name): Column => {
        const parse = parsePath(name);
        return { name, type: needed.types.get(name) ?? 'text', path: parse.ok ? parse.path : null };
      });
      const clashes = clashesOf(columns);
      if (clashes.length > 0) return { ok: false, problems: clashes };
      return {
        ok: true,
        columns: {
          count: columns.length,
          unmapped: names.filter((name) => !needed.types.has(name) && !isBeneath(name, needed.holders)),
          row: (cells) => rowOf(columns, cells),
          key: (row) => {
            const unreadable: Unreadable[] = [];
            const key = readKey(row, unreadable);
            return key === null ? { ok: false, unreadable: unreadable[0]! } : { ok: true, key };
          },
        },
      };
    },
  };
}

/** A spreadsheet writes the empty columns to the right of what was filled: they have no name, and nothing is in them. */
function withoutNameless(names: readonly string[]): readonly string[] {
  return names.slice(0, names.findLastIndex((name) => name !== '') + 1);
}

function nameProblems(names: readonly string[]): Unreadable[] {
  if (names.length > most.columns)
    return [{ path: '', code: 'too-many-columns', detail: `Send at most ${most.columns} columns.` }];
  const seen = new Set<string>();
  return names.flatMap((name, index): Unreadable[] => {
    const isTwice = seen.has(name);
    seen.add(name);
    if (name === '')
      return [
        { path: '', code: 'column-without-name', detail: `Column ${index + 1} has no name: name it, or leave it out.` },
      ];
    if (name.length > longest.column) {
      const detail = `The name of column ${index + 1} is longer than ${longest.column} characters: shorten it, or leave it out.`;
      return [{ path: '', code: 'column-name-too-long', detail }];
    }
    if (isTwice)
      return [{ path: name, code: 'column-twice', detail: `Two columns are named ${name}: keep one of them.` }];
    if (/(^|[.[,])(__proto__|constructor|prototype)($|[.[\]=])/.test(name))
      return [
        {
          path: name,
          code: 'forbidden-name',
          detail: `The column ${name} cannot be taken under this name: name it otherwise.`,
        },
      ];
    return [];
  });
}

/** Leaving out what the mapping reads would say of every record that it is not there. */
function missing({ types, holders, lists }: NeededColumns, names: readonly string[]): Unreadable[] {
  const lacking = [
    ...[...types.keys()].filter((path) => !names.includes(path)),
    ...holders.filter((path) => !names.some((name) => name === path || isBeneath(name, [path]))),
  ];
  return [
    ...lacking.map((path) => {
      const detail = `The mapping reads ${path}, and the header has no such column: add it, with empty cells where there is nothing.`;
      return { path, code: 'column-missing', detail };
    }),
    ...lists.map((path) => {
      const detail = `The mapping reads the list ${path}, which no cell can hold: send these records as application/x-ndjson.`;
      return { path, code: 'list-in-table', detail };
    }),
  ];
}

function isBeneath(name: string, holders: readonly string[]): boolean {
  return holders.some((holder) => name.startsWith(`${holder}.`) || name.startsWith(`${holder}[`));
}

/** Columns of which one would write over another: what each writes must still stand when all have written. */
function clashesOf(columns: readonly Column[]): Unreadable[] {
  const clash = ({ name }: Column): Unreadable => {
    const detail = `The column ${name} cannot stand beside another one of this header, or leads to no single value: leave it out.`;
    return { path: name, code: 'column-clash', detail };
  };
  let row: Row = {};
  const failed = columns.filter((column, index) => {
    try {
      row = withCell(row, column, String(index));
      return false;
    } catch {
      return true;
    }
  });
  if (failed.length > 0) return failed.map(clash);
  return columns
    .filter(({ name, path }, index) => (path ? readPath(row, path) : row[name]) !== String(index))
    .map(clash);
}

function rowOf(columns: readonly Column[], cells: readonly string[]): Row {
  let row: Row = {};
  for (const [index, column] of columns.entries()) {
    const cell = cells[index]!;
    if (cell.trim() !== '') row = withCell(row, column, valueOf(cell, column.type));
  }
  return row;
}

function withCell(row: Row, { name, path }: Column, value: Json): Row {
  const [first, second] = path ?? [];
  if (first && (second || first.select)) return writePath(row, path!, value) as Row;
  // Most columns are plain members, and the row is nobody else's yet.
  row[name] = value;
  return row;
}

const number = /^-?(0|[1-9]\d*)(\.\d+)?([eE][+-]?\d+)?$/;

/** What is not spelled as the steps need it stays text: the mapping then tells by path what it cannot read. */
function valueOf(cell: string, type: CellType): Json {
  if (type === 'text') return cell;
  const text = cell.trim();
  if (type === 'boolean') return /^(true|false)$/i.test(text) ? text.toLowerCase() === 'true' : cell;
  const value = Number(text);
  const isExact = Number.isInteger(value) ? Number.isSafeInteger(value) : Number.isFinite(value);
  return number.test(text) && isExact ? value : cell;
}
