import { createHash } from 'node:crypto';
import { readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import type { Receipt } from '@cinch/system-adapter';
import { formatCsv, parseCsv } from './csv-text.ts';

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
  columns: string[];
  rows: string[][];
  notes: Notes;
  changedAt: string;
}

const noNotes = (): Notes => ({ sha256: '', rows: {}, receipts: {}, lastKey: 0 });

/**
 * The table and its notes on the disk. Both are written beside and renamed, the notes last: they name the table that they are about, so
 * that after a crash in between either both are the new ones or both are the old ones.
 */
export class CsvFiles {
  private readonly file: string;
  private readonly notes: string;

  constructor(file: string) {
    this.file = file;
    this.notes = `${file}.cinch.json`;
  }

  async read(): Promise<Contents> {
    const text = await readFile(this.file, 'utf8');
    const [columns, ...rows] = parseCsv(text);
    if (!columns) throw new Error(`${this.file} is empty: its first line must name the columns.`);
    const crooked = rows.findIndex((cells) => cells.length !== columns.length);
    if (crooked >= 0) {
      const cells = rows[crooked]!.length;
      throw new Error(
        `Row ${crooked + 1} of ${this.file} has ${cells} cells, its header ${columns.length}. Mend the file.`,
      );
    }
    const changedAt = (await stat(this.file)).mtime.toISOString();
    return { columns, rows, notes: await this.readNotes(hashOf(text)), changedAt };
  }

  async write({ columns, rows, notes }: Pick<Contents, 'columns' | 'rows' | 'notes'>): Promise<void> {
    const text = formatCsv([columns, ...rows]);
    const noted = JSON.stringify({ ...notes, sha256: hashOf(text) });
    await writeFile(`${this.notes}.next`, noted, { flush: true });
    await writeFile(`${this.file}.next`, text, { flush: true });
    await rename(`${this.file}.next`, this.file);
    await rename(`${this.notes}.next`, this.notes);
  }

  private async readNotes(sha256: string): Promise<Notes> {
    const next = await readJson(`${this.notes}.next`);
    if (next?.sha256 === sha256) await rename(`${this.notes}.next`, this.notes);
    else await rm(`${this.notes}.next`, { force: true });
    return (await readJson(this.notes)) ?? noNotes();
  }
}

export function hashOf(text: string): string {
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
