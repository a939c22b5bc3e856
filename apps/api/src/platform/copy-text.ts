/** Texts, numbers, true and false; a date is given in milliseconds by `Date`. */
export type CopyValue = string | number | boolean | Date | null;

/** Rows in the text format of COPY: tabs between the values, a line for each row, what would be taken for these escaped. */
export function copyText(rows: readonly (readonly CopyValue[])[]): string {
  return rows.map((row) => `${row.map(valueText).join('\t')}\n`).join('');
}

const special = /[\\\t\n\r]/;
const escapes: Record<string, string> = { '\\': '\\\\', '\t': '\\t', '\n': '\\n', '\r': '\\r' };

function valueText(value: CopyValue): string {
  if (value === null) return '\\N';
  if (value instanceof Date) return value.toISOString();
  const text = String(value);
  return special.test(text) ? text.replace(/[\\\t\n\r]/g, (character) => escapes[character]!) : text;
}
