import type { Json, ParsedPath } from '@cinch/canonical-model';
import type { ClientBase } from 'pg';
import type { FieldRule, RefusedField, RowData } from '../fields.ts';
import type { AdapterRow } from '../protocol.ts';

/** The rules of one system: what it takes, how it normalises, how it counts versions. Pure; `now` is in milliseconds. */
export interface NativeModel {
  /** The rule of a field, or null when the system has no such field. `before` is null while a customer is being created. */
  ruleFor(path: ParsedPath, before: RowData | null, now: number): FieldRule | null;
  /** Brings a row whose fields were written into the system's own order (defaults, one primary of each list). */
  settle(written: RowData, before: RowData | null): { data: RowData; missing: RefusedField[] };
  /** The next version of a row, with its key, version and time in the places where the system shows them. */
  revise(data: RowData, key: string, before: AdapterRow | null, now: number): Omit<AdapterRow, 'delivery'>;
}

/** All SQL on a system's own customer table. Rows come and go whole; `tx` comes first. */
export interface CustomerTable {
  /** Statements that may run at each start. */
  readonly schema: string;
  newKeys(tx: ClientBase, count: number): Promise<string[]>;
  /** The rows of these keys, locked until the transaction ends. */
  lock(tx: ClientBase, keys: readonly string[]): Promise<AdapterRow[]>;
  save(tx: ClientBase, rows: readonly AdapterRow[]): Promise<void>;
  /** Its key is not given out again. */
  remove(tx: ClientBase, key: string): Promise<void>;
  /** In the order of keys. */
  list(tx: ClientBase, after: string | null, limit: number): Promise<AdapterRow[]>;
  find(tx: ClientBase, key: string): Promise<AdapterRow | null>;
  search(tx: ClientBase, text: string, limit: number): Promise<AdapterRow[]>;
}

/** One labelled input of the page. */
export interface FormField {
  label: string;
  path: string;
  hint?: string;
  /** The values to choose from, with their words. */
  options?: readonly { value: string; label: string }[];
  /** A list of strings, edited as one line each. */
  isLines?: boolean;
  /** How a value is shown, where it is neither text nor lines nor plain JSON. */
  show?: (value: Json) => string;
  /** Which JSON value the text stands for, where it is not the text itself. */
  parse?: (text: string) => Json;
}

/** What the page shows of a system. */
export interface PageModel {
  title: string;
  tagline: string;
  /** Of the header, dark enough for white text. */
  accent: string;
  columns: readonly { label: string; text: (data: RowData) => string }[];
  displayName: (data: RowData) => string;
  formFields: (data: RowData) => readonly FormField[];
}
