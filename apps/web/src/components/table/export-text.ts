/** What a cell says without its looks; null for nothing. */
export type CellValue = string | number | null;

export interface ExportColumn<Row> {
  header: string;
  value: (row: Row) => CellValue;
}

/** Spreadsheets run a text that begins so as a formula. */
const formulaStart = /^[=+\-@\t\r]/;

/** RFC 4180 with a byte order mark, without which spreadsheets guess the encoding. */
export function csvOf<Row>(columns: readonly ExportColumn<Row>[], rows: readonly Row[]): string {
  const lines = [
    columns.map(({ header }) => cell(header)),
    ...rows.map((row) => columns.map(({ value }) => cell(value(row)))),
  ];
  return `\uFEFF${lines.map((line) => `${line.join(',')}\r\n`).join('')}`;
}

function cell(value: CellValue): string {
  if (value === null) return '';
  if (typeof value === 'number') return String(value);
  const text = formulaStart.test(value) ? `'${value}` : value;
  return /[",\r\n']/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

/** One JSON document a line: the rows as the hub answers them. */
export function ndjsonOf(rows: readonly unknown[]): string {
  return rows.map((row) => `${JSON.stringify(row)}\n`).join('');
}
