import { isUtf8 } from 'node:buffer';

/** A record of a CSV file; `line` is that on which it begins, counted from 1. */
export type CsvRecord =
  | { kind: 'cells'; line: number; cells: string[] }
  /** `stray-quote`: `cells` are those before the fault. */
  | { kind: 'fault'; line: number; code: 'stray-quote' | 'not-utf-8' | 'too-long'; cells: string[] };

/** Where in a record the reader stands: at the start of a cell, in a plain one, within quotes, after quotes that closed. */
type Place = 'start' | 'plain' | 'quoted' | 'closed';

const [quote, newline] = [0x22, 0x0a];
/** What may part cells, and how sentences call it. Where a first line has as many of two, the one named first counts. */
const delimiters: Readonly<Record<string, string>> = { ',': 'commas', ';': 'semicolons', '\t': 'tabs' };
/** Excel says by such a line, before the header, what parts the cells. */
const separatorLine = /^sep=([,;\t])$/;
const byteOrderMark = Buffer.from([0xef, 0xbb, 0xbf]);

/**
 * Reads CSV as RFC 4180 says, as its bytes come: cells parted by commas, in quotes where they hold a comma, a quote (doubled) or a line
 * end; lines that end with CRLF or LF; UTF-8, with or without a byte order mark. Empty lines are no records. Where the first line is parted
 * by semicolons or tabs, as Excel writes them in most of Europe, so is the file.
 */
export class CsvRecords {
  /** The bytes of the record that has not ended yet, and how far they were looked at. */
  private pending: Buffer = Buffer.alloc(0);
  private at = 0;
  private place: Place = 'start';
  private line = 1;
  /** Lines within quotes, of the record that has not ended yet. */
  private linesWithin = 0;
  private isTooLong = false;
  private hasBegun = false;
  /** Known once the first line has come. */
  private delimiter: string | null = null;

  /** @param mostBytes a longer record is a fault, and is not held */
  constructor(private readonly mostBytes: number) {}

  *feed(bytes: Buffer): Generator<CsvRecord> {
    this.pending = this.pending.length === 0 ? bytes : Buffer.concat([this.pending, bytes]);
    if (!this.begins()) return;
    let from = 0;
    while (this.reachesEnd()) {
      yield* this.record(this.pending.subarray(from, this.at - 1));
      from = this.at;
    }
    this.pending = this.pending.subarray(from);
    this.at -= from;
    if (this.pending.length <= this.mostBytes) return;
    this.isTooLong = true;
    this.pending = Buffer.alloc(0);
    this.at = 0;
  }

  /** The file is over: its last record, which need not end with a line end. */
  *end(): Generator<CsvRecord> {
    yield* this.record(this.pending);
    this.pending = Buffer.alloc(0);
  }

  /** The line on which quotes were opened that are not closed yet; null when all are. */
  openQuoteLine(): number | null {
    return this.place === 'quoted' ? this.line : null;
  }

  /** What parts the cells, as sentences call it. */
  get delimiterWord(): string {
    return delimiters[this.delimiter ?? ',']!;
  }

  private begins(): boolean {
    if (this.hasBegun) return true;
    if (this.pending.length < byteOrderMark.length && byteOrderMark.indexOf(this.pending) === 0) return false;
    this.hasBegun = true;
    if (this.pending.indexOf(byteOrderMark) === 0) this.pending = this.pending.subarray(byteOrderMark.length);
    return true;
  }

  /** Goes on to behind the line end that ends the record; false when that has not come yet. */
  private reachesEnd(): boolean {
    const { pending } = this;
    while (this.at < pending.length) {
      const byte = pending[this.at++];
      if (byte === newline && this.place !== 'quoted') return true;
      if (byte === newline) this.linesWithin += 1;
      this.place = placeAfter(this.place, byte!, this.delimiter);
    }
    return false;
  }

  private isSeparatorLine(text: string): boolean {
    this.delimiter = separatorLine.exec(text)?.[1] ?? null;
    return this.delimiter !== null;
  }

  private *record(bytes: Buffer): Generator<CsvRecord> {
    const { line, isTooLong } = this;
    this.line += 1 + this.linesWithin;
    this.linesWithin = 0;
    this.place = 'start';
    this.isTooLong = false;
    if (isTooLong || bytes.length > this.mostBytes) yield { kind: 'fault', line, code: 'too-long', cells: [] };
    else if (bytes.length === 0) return;
    else if (!isUtf8(bytes)) yield { kind: 'fault', line, code: 'not-utf-8', cells: [] };
    else {
      const text = bytes.toString('utf8').replace(/\r$/, '');
      if (text.trim() === '') return;
      if (this.delimiter === null && this.isSeparatorLine(text)) return;
      this.delimiter ??= delimiterOf(text);
      const { cells, isWhole } = cellsOf(text, this.delimiter);
      yield isWhole ? { kind: 'cells', line, cells } : { kind: 'fault', line, code: 'stray-quote', cells };
    }
  }
}

/** @param delimiter null in the first line: whatever may part its cells parts them */
function placeAfter(place: Place, byte: number, delimiter: string | null): Place {
  if (place === 'quoted') return byte === quote ? 'closed' : 'quoted';
  const letter = String.fromCharCode(byte);
  if (delimiter === null ? letter in delimiters : letter === delimiter) return 'start';
  // A quote after a closing one is a quote within the cell; quotes elsewhere than around a cell are a fault, which ends with its line.
  if (byte === quote && place !== 'plain') return 'quoted';
  return place === 'closed' && byte === 0x0d ? 'closed' : 'plain';
}

/** What the header has most of, outside of quotes. */
function delimiterOf(header: string): string {
  const plain = header.replace(/"[^"]*"/g, '');
  const count = (delimiter: string) => plain.split(delimiter).length;
  return Object.keys(delimiters).reduce((most, one) => (count(one) > count(most) ? one : most));
}

function cellsOf(text: string, delimiter: string): { cells: string[]; isWhole: boolean } {
  if (!text.includes('"')) return { cells: text.split(delimiter), isWhole: true };
  const cells: string[] = [];
  for (let at = 0; ; at += 1) {
    const isQuoted = text[at] === '"';
    const end = isQuoted ? endOfQuotes(text, at) : endOfPlain(text, at, delimiter);
    const cell = isQuoted ? text.slice(at + 1, end - 1).replaceAll('""', '"') : text.slice(at, end);
    const isCell = (end === text.length || text[end] === delimiter) && (isQuoted || !cell.includes('"'));
    if (!isCell) return { cells, isWhole: false };
    cells.push(cell);
    if (end === text.length) return { cells, isWhole: true };
    at = end;
  }
}

function endOfPlain(text: string, at: number, delimiter: string): number {
  const end = text.indexOf(delimiter, at);
  return end === -1 ? text.length : end;
}

/** Behind the quote that closes; behind the text when none does. */
function endOfQuotes(text: string, at: number): number {
  let end = text.indexOf('"', at + 1);
  while (end !== -1 && text[end + 1] === '"') end = text.indexOf('"', end + 2);
  return end === -1 ? text.length + 1 : end + 1;
}
