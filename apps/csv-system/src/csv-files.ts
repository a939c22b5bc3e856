import { createHash } from 'node:crypto';
import { open, readFile, realpath, rename, rm, stat, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import type { Receipt } from '@cinch/system-adapter';
import { decode, encode, type Form } from './csv-encoding.ts';
import { delimiterOf, formatCsv, isEmpty, parseCsv, type Delimiter, type Line } from './csv-text.ts';

/** What the file itself cannot say of its rows, kept beside it. */
export interface Notes {
  /** Of the file that these notes are about. */
  sha256: string;
  rows: Record<string, RowNote>;
  /** First receipts, by delivery. */
  receipts: Record<string, Receipt>;
  /** The last number that was given out in a new key. */
  lastKey: number;
}

interface RowNote {
  version: number;
  changedAt: string;
  sha256: string;
  delivery: { id: string; version: number } | null;
}

export interface Contents {
  form: Form;
  delimiter: Delimiter;
  /** All of the file, in its order: the header, rows, empty lines. */
  lines: Line[];
  /** The text that these lines were read from. */
  text: string;
  columns: string[];
  /** The rows among the lines. */
  rows: Line[];
  notes: Notes;
  changedAt: string;
}

const noNotes = (): Notes => ({ sha256: '', rows: {}, receipts: {}, lastKey: 0 });

/**
 * The table and its notes on the disk. Both are written beside and renamed, the notes last: they name the table that they are about, so
 * that after a crash in between either both are the new ones or both are the old ones. What nobody changed of the table keeps its bytes.
 */
export class CsvFiles {
  private readonly file: string;

  constructor(file: string) {
    this.file = file;
  }

  private get notes(): string {
    return `${this.file}.cinch.json`;
  }

  async read(): Promise<Contents> {
    const bytes = await readFile(this.file);
    const { text, form } = this.decoded(bytes);
    const delimiter = delimiterOf(text);
    const lines = parseCsv(text, delimiter);
    const [header, ...rows] = lines.filter((line) => !isEmpty(line));
    if (!header) throw new Error(`${this.file} is empty: its first line must name the columns.`);
    const columns = header.cells.map((cell) => cell.text);
    const crooked = rows.findIndex(({ cells }) => cells.length !== columns.length);
    if (crooked >= 0) {
      const { length } = rows[crooked]!.cells;
      throw new Error(
        `Row ${crooked + 1} of ${this.file} has ${length} cells, its header ${columns.length}. Mend the file.`,
      );
    }
    const changedAt = (await stat(this.file)).mtime.toISOString();
    const notes = await this.readNotes(hashOf(bytes));
    return { form, delimiter, lines, text, columns, rows, notes, changedAt };
  }

  async write({ form, delimiter, lines, text: before, notes }: Contents): Promise<void> {
    const text = formatCsv(lines, delimiter);
    const bytes = encode(text, form);
    await writeFile(`${this.notes}.next`, JSON.stringify({ ...notes, sha256: hashOf(bytes) }), { flush: true });
    if (text !== before) {
      // The name may be a link to the file, which stays one.
      const file = await realpath(this.file);
      const { mode } = await stat(file);
      await writeFile(`${file}.next`, bytes, { flush: true, mode });
      await rename(`${file}.next`, file);
      await flushFolder(dirname(file));
    }
    await rename(`${this.notes}.next`, this.notes);
    await flushFolder(dirname(this.notes));
  }

  private decoded(bytes: Buffer) {
    try {
      return decode(bytes);
    } catch (cause) {
      throw new Error(`${this.file} ${(cause as Error).message} It is left as it is.`, { cause });
    }
  }

  private async readNotes(sha256: string): Promise<Notes> {
    const next = await readJson(`${this.notes}.next`);
    if (next?.sha256 === sha256) await rename(`${this.notes}.next`, this.notes);
    else await rm(`${this.notes}.next`, { force: true });
    return (await readJson(this.notes)) ?? noNotes();
  }
}

/** A rename is on the disk when its folder is; some systems cannot say so of a folder. */
async function flushFolder(folder: string): Promise<void> {
  const handle = await open(folder, 'r').catch(() => null);
  await handle?.sync().catch(() => undefined);
  await handle?.close();
}

export function hashOf(text: string | Buffer): string {
  return createHash('sha256').update(text).digest('hex');
}

async function readJson(file: string): Promise<Notes | null> {
  const text = await readFile(file, 'utf8').catch(() => null);
  if (text === null) return null;
  try {
    return JSON.parse(text) as Notes;
  } catch {
    // Killed while it was written: the table is still the one before.
    return null;
  }
}
