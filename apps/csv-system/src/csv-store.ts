import {
  applyFields,
  type AdapterRow,
  type AdapterStore,
  type FieldRule,
  type Json,
  type Receipt,
  type RowData,
  type UpsertItem,
} from '@cinch/system-adapter';
import { canEncode } from './csv-encoding.ts';
import { CsvFiles, hashOf, type Contents } from './csv-files.ts';
import { cellOf, isEmpty, isQuoted, type Line } from './csv-text.ts';

export interface CsvOptions {
  file: string;
  /** The column by which rows are known. */
  key: string;
  /** Columns without which no row is made. */
  required?: readonly string[];
  /** Columns whose cells are numbers for whoever lists them. */
  numbers?: readonly string[];
  /** Milliseconds since 1970. */
  now: () => number;
}

/**
 * A CSV file as a system: its rows are listed, and written back cell by cell. Whoever edits the file by other means makes new versions
 * of the rows that then differ, as of the time of the file.
 */
export class CsvStore implements AdapterStore {
  private readonly files: CsvFiles;
  private readonly options: CsvOptions;
  private turn: Promise<unknown> = Promise.resolve();

  constructor(options: CsvOptions) {
    this.options = options;
    this.files = new CsvFiles(options.file);
  }

  /** Throws a sentence when the file cannot be served. */
  async check(): Promise<{ rows: number }> {
    return this.alone(async () => ({ rows: (await this.open()).table.size }));
  }

  list(after: string | null, limit: number): Promise<AdapterRow[]> {
    return this.alone(async () => {
      const { table } = await this.open();
      const keys = [...table.keys()].sort(byCodePoint).filter((key) => after === null || key > after);
      return keys.slice(0, limit).map((key) => table.get(key)!);
    });
  }

  find(key: string): Promise<AdapterRow | null> {
    return this.alone(async () => (await this.open()).table.get(key) ?? null);
  }

  upsert(items: UpsertItem[]): Promise<Receipt[]> {
    return this.alone(async () => {
      const opened = await this.open();
      const { receipts } = opened.contents.notes;
      const isNews = items.some((item) => !receipts[item.deliveryId]);
      for (const item of items) receipts[item.deliveryId] ??= this.take(opened, item);
      if (isNews) await this.save(opened);
      return items.map((item) => receipts[item.deliveryId]!);
    });
  }

  private take({ contents, table }: Opened, { deliveryId, key, ifMatch, fields }: UpsertItem): Receipt {
    const before = key === null ? null : (table.get(key) ?? undefined);
    const answer = (outcome: Receipt['outcome'], row: AdapterRow | null, refused: Receipt['refused'] = []): Receipt => {
      return { deliveryId, outcome, row, refused };
    };
    if (before === undefined) return answer('unknown-key', null);
    if (before && ifMatch !== null && ifMatch !== before.version) return answer('mismatch', before);
    const written = applyFields(before?.data ?? {}, fields, (path) => {
      const [segment, ...deeper] = path;
      const isColumn = segment && !segment.select && deeper.length === 0 && contents.columns.includes(segment.name);
      return isColumn ? this.ruleOf(segment.name, contents) : null;
    });
    const { refused } = written;
    const data = inOrder(written.data, contents.columns);
    const missing = (this.options.required ?? []).filter((column) => data[column] === undefined);
    if (missing.length > 0) {
      const lacks = missing.map((path) => ({ path, code: 'required', detail: `A row must have a ${path}.` }));
      return answer('refused', before, [...refused, ...lacks]);
    }
    if (before && refused.length > 0 && refused.length === Object.keys(fields).length)
      return answer('refused', before, refused);
    if (before && JSON.stringify(data) === JSON.stringify(before.data)) return answer('stored', before, refused);
    const newKey = before?.key ?? this.newKey(contents, table);
    const isMade = before === null;
    const version = (before?.version ?? 0) + 1;
    const row: AdapterRow = {
      key: newKey,
      version,
      changedAt: new Date(this.options.now()).toISOString(),
      delivery: { id: deliveryId, version },
      data: inOrder({ ...data, [this.options.key]: newKey }, contents.columns),
    };
    table.set(newKey, row);
    if (isMade) this.append(contents, row.data);
    else this.rewrite(contents, newKey, before.data, row.data);
    return answer('stored', row, refused);
  }

  /** Only the cells that differ are written anew. */
  private rewrite({ columns, rows, delimiter }: Contents, key: string, before: RowData, data: RowData): void {
    const at = columns.indexOf(this.options.key);
    const row = rows.find(({ cells }) => cells[at]!.text.trim() === key)!;
    row.cells = row.cells.map((cell, index) => {
      const column = columns[index]!;
      return data[column] === before[column] ? cell : cellOf(String(data[column] ?? ''), delimiter, isQuoted(cell));
    });
  }

  /** A new row ends as the others do, and is quoted as the header is. */
  private append({ columns, lines, rows, delimiter }: Contents, data: RowData): void {
    const areQuoted = lines.find((line) => !isEmpty(line))!.cells.every(isQuoted);
    const last = lines.at(-1)!;
    const end = last.end;
    if (end === '') last.end = lines[0]!.end || '\n';
    const row: Line = { cells: columns.map((column) => cellOf(String(data[column] ?? ''), delimiter, areQuoted)), end };
    lines.push(row);
    rows.push(row);
  }

  private ruleOf(column: string, { form }: Contents): FieldRule {
    return (value) => {
      if (column === this.options.key) return { code: 'key-fixed', detail: 'The key of a row cannot be written.' };
      if (value === null) return { value: null };
      if (typeof value === 'object')
        return { code: 'not-a-cell', detail: 'A cell holds one text, no list and no object.' };
      const text = String(value).trim();
      if (!canEncode(text, form)) {
        const detail = `The file is in ${form.encoding}, which lacks a letter of this text. Save the file as UTF-8.`;
        return { code: 'not-in-encoding', detail };
      }
      return { value: text === '' ? null : this.valueOf(column, text) };
    };
  }

  private valueOf(column: string, cell: string): Json {
    const number = Number(cell);
    return this.options.numbers?.includes(column) && Number.isFinite(number) ? number : cell;
  }

  private newKey({ rows, notes, columns }: Contents, table: ReadonlyMap<string, AdapterRow>): string {
    const at = columns.indexOf(this.options.key);
    const parts = [...table.keys(), ...rows.map(({ cells }) => cells[at]!.text)].map((key) => /^(.*?)(\d+)$/.exec(key));
    const prefix = parts.find((part) => part !== null)?.[1] ?? '';
    const numbers = parts.flatMap((part) => (part?.[1] === prefix ? [Number(part[2])] : []));
    notes.lastKey = Math.max(notes.lastKey, ...numbers) + 1;
    return `${prefix}${notes.lastKey}`;
  }

  /** Reads the file each time: somebody else may have written it since. */
  private async open(): Promise<Opened> {
    const contents = await this.files.read();
    const { columns, rows, notes, changedAt } = contents;
    const at = columns.indexOf(this.options.key);
    if (at < 0)
      throw new Error(`${this.options.file} has no column ${this.options.key}: name the one that holds the key.`);
    const table = new Map<string, AdapterRow>();
    for (const cells of rows.map(textsOf)) {
      const key = cells[at]!.trim();
      if (key === '' || table.has(key)) {
        throw new Error(`The key "${key}" of ${this.options.file} is empty or stands there twice. Mend the file.`);
      }
      const known = notes.rows[key];
      const sha256 = hashOf(JSON.stringify(cells));
      const isKnown = known?.sha256 === sha256;
      table.set(key, {
        key,
        version: isKnown ? known.version : (known?.version ?? 0) + 1,
        changedAt: isKnown ? known.changedAt : changedAt,
        delivery: known?.delivery ?? null,
        data: inOrder(
          Object.fromEntries(columns.map((column, index) => [column, this.read(column, cells[index]!)])),
          columns,
        ),
      });
    }
    const opened = { contents, table };
    if (rows.length !== Object.keys(notes.rows).length || rows.some((row) => !isNoted(notes.rows, textsOf(row), at))) {
      // A version that was told once must not be told of other content, not even after a restart.
      await this.save(opened);
    }
    return opened;
  }

  private read(column: string, cell: string): Json {
    const text = cell.trim();
    return text === '' ? null : this.valueOf(column, text);
  }

  private async save({ contents, table }: Opened): Promise<void> {
    const { columns, rows, notes } = contents;
    const at = columns.indexOf(this.options.key);
    notes.rows = Object.fromEntries(
      rows.map(textsOf).map((cells) => {
        const { key, version, changedAt, delivery } = table.get(cells[at]!.trim())!;
        return [key, { version, changedAt, delivery, sha256: hashOf(JSON.stringify(cells)) }];
      }),
    );
    await this.files.write(contents);
  }

  /** One at a time: each call reads the file, and may write it. */
  private alone<T>(work: () => Promise<T>): Promise<T> {
    const done = this.turn.then(work);
    this.turn = done.catch(() => undefined);
    return done;
  }
}

interface Opened {
  contents: Contents;
  table: Map<string, AdapterRow>;
}

function textsOf({ cells }: Line): string[] {
  return cells.map(({ text }) => text);
}

function isNoted(notes: Contents['notes']['rows'], cells: readonly string[], at: number): boolean {
  return notes[cells[at]!.trim()]?.sha256 === hashOf(JSON.stringify(cells));
}

/** An empty cell is not there, as in a push of the file. */
function inOrder(data: RowData, columns: readonly string[]): RowData {
  return Object.fromEntries(columns.flatMap((column) => (data[column] == null ? [] : [[column, data[column]]])));
}

function byCodePoint(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
