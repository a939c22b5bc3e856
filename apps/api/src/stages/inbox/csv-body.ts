import type { LineReject } from '@cinch/api-contract';
import type { Table, TableColumns } from '@cinch/canonical-model';
import { ProblemError } from '../../platform/problem-error.ts';
import { tooManyLines } from './body-refusals.ts';
import { mostStreamedLines, type BodyReader } from './body-reader.ts';
import { CsvRecords, type CsvRecord } from './csv-records.ts';
import { lineTooLong, maxChunkBytes, maxChunkLines, maxLineBytes, type AcceptedBody, type Chunk } from './read-body.ts';
import { keyIn } from './read-key.ts';
import { readLine } from './read-line.ts';

interface GoodLine {
  line: number;
  text: string;
}

/**
 * Records as the lines of a CSV file, under a header of native paths. Each becomes a record line as NDJSON has them and is stored in the
 * place that it had in the file, so that whatever is told of it later names the line that its sender sees.
 */
export class CsvBody implements BodyReader {
  private readonly records = new CsvRecords(maxLineBytes);
  private columns: TableColumns | null = null;
  private good: GoodLine[] = [];
  private bytes = 0;
  private rejects: LineReject[] = [];
  private rejectedKeys: string[] = [];

  constructor(private readonly table: Table) {}

  *feed(bytes: Buffer): Generator<AcceptedBody> {
    yield* this.take(this.records.feed(bytes));
  }

  *end(): Generator<AcceptedBody> {
    const open = this.records.openQuoteLine();
    if (open !== null) {
      const detail = `A cell on line ${open} opens quotes that nothing closes, so nobody can tell where it ends: close them and send the file again.`;
      throw new ProblemError('invalid-request', detail);
    }
    yield* this.take(this.records.end());
    if (this.good.length + this.rejects.length > 0) yield this.part();
  }

  unmappedColumns(): readonly string[] {
    return this.columns?.unmapped ?? [];
  }

  private *take(records: Iterable<CsvRecord>): Generator<AcceptedBody> {
    for (const record of records) {
      if (record.line > mostStreamedLines) throw tooManyLines(mostStreamedLines);
      if (this.columns) this.takeLine(record, this.columns);
      else this.columns = headerOf(record, this.table);
      const isFull = this.good.length >= maxChunkLines || this.bytes >= maxChunkBytes;
      if (isFull || this.rejects.length >= maxChunkLines) yield this.part();
    }
  }

  private takeLine(record: CsvRecord, columns: TableColumns): void {
    const { line } = record;
    const reject = faultOf(record, columns.count, this.records.delimiterWord);
    const data = columns.row(reject ? padded(record.cells, columns.count) : record.cells);
    const read = columns.key(data);
    if (reject) return this.reject(reject, read.ok ? read.key : null);
    if (!read.ok) return this.reject({ line, ...read.unreadable }, null);
    const text = JSON.stringify({ id: read.key, data });
    const wrong = readLine('records', line, text);
    if (wrong) return this.reject(wrong, read.key);
    this.good.push({ line, text });
    this.bytes += text.length;
  }

  private reject(reject: LineReject, key: string | null): void {
    this.rejects.push(reject);
    const readable = key === null ? null : keyIn(JSON.stringify({ id: key }));
    if (readable !== null) this.rejectedKeys.push(readable);
  }

  private part(): AcceptedBody {
    const { good, rejects, rejectedKeys } = this;
    this.good = [];
    this.bytes = 0;
    this.rejects = [];
    this.rejectedKeys = [];
    return { chunks: good.length > 0 ? [chunkOf(good)] : [], rejects, rejectedKeys };
  }
}

function headerOf(record: CsvRecord, table: Table): TableColumns {
  if (record.kind === 'fault') {
    const detail =
      'The header cannot be read: send the native paths of the mapping, in UTF-8, parted by commas, semicolons or tabs, quotes around whole names only.';
    throw new ProblemError('invalid-request', detail);
  }
  const read = table.header(record.cells);
  if (read.ok) return read.columns;
  const [first, ...others] = read.problems;
  const more = others.length > 0 ? ` ${others.length} more are listed under errors.` : '';
  throw new ProblemError('invalid-request', `${first!.detail}${more}`, read.problems);
}

/** Why a record of the file cannot be taken; null when its cells are the columns'. */
function faultOf(record: CsvRecord, columns: number, delimiters: string): LineReject | null {
  const { line, cells } = record;
  if (record.kind === 'cells') {
    // What stands beyond the last column is passed over while it is empty.
    if (cells.length >= columns && cells.slice(columns).every((cell) => cell.trim() === '')) return null;
    const detail = `The line has ${cells.length} cells where the header names ${columns} columns: put quotes around a cell that holds ${delimiters}.`;
    return { line, code: 'cell-count', path: '', detail };
  }
  if (record.code === 'too-long') return lineTooLong(line);
  const detail =
    record.code === 'not-utf-8'
      ? 'The line is not UTF-8: save the file in UTF-8.'
      : 'A quote stands within a cell: put quotes around the whole cell and double those that belong to it.';
  return { line, code: record.code, path: '', detail };
}

/** As many cells as there are columns: a key can be read in a bad line too. */
function padded(cells: readonly string[], count: number): string[] {
  return Array.from({ length: count }, (_, index) => cells[index] ?? '');
}

/** Empty lines stand where the file has something else, so that every line keeps its number. */
function chunkOf(good: readonly GoodLine[]): Chunk {
  const firstLine = good[0]!.line;
  let [text, at] = ['', firstLine];
  for (const one of good) {
    text += '\n'.repeat(one.line - at) + one.text;
    at = one.line;
  }
  return { firstLine, n: good.length, body: Buffer.from(text) };
}
