import { compileTable, type Json, type MappingDocument, type Model } from '@cinch/canonical-model';
import { ProblemError } from '../../platform/problem-error.ts';
import { CsvRecords } from '../../stages/inbox/csv-records.ts';

const longestRecord = 1024 * 1024;

export interface CsvSample {
  columns: string[];
  rows: string[][];
}

/** The first rows of a file. A row that is not whole is no sample; a file without a header is a mistake. */
export function csvSample(text: string, mostRows: number): CsvSample {
  // Whoever reads another encoding as UTF-8 sees this in place of its letters; a push of the same bytes is refused.
  if (text.includes('\uFFFD')) {
    const line = text.slice(0, text.indexOf('\uFFFD')).split('\n').length;
    const detail = `Line ${line} holds the replacement character U+FFFD: the file is not in UTF-8. Save it as UTF-8 and read it again.`;
    throw new ProblemError('invalid-request', detail);
  }
  const reader = new CsvRecords(longestRecord);
  const records = [...reader.feed(Buffer.from(text)), ...reader.end()];
  const [header, ...rest] = records;
  if (header?.kind !== 'cells') {
    throw new ProblemError('invalid-request', 'Send a CSV file in UTF-8 whose first line names the columns.');
  }
  const named = header.cells.map((cell) => cell.trim());
  // Nameless columns at the end are passed over, as a push passes them over.
  const columns = named.slice(0, named.findLastIndex((name) => name !== '') + 1);
  const rows = rest.flatMap((record) =>
    record.kind === 'cells' && record.cells.length === named.length ? [record.cells.slice(0, columns.length)] : [],
  );
  return { columns, rows: rows.slice(0, mostRows) };
}

/** The rows as the mapping reads them from a file. */
export function rowsOf({ columns, rows }: CsvSample, document: MappingDocument, model: Model): Json[] {
  const header = compileTable(document, model).header(columns);
  if (!header.ok) throw new ProblemError('invalid-request', 'The mapping cannot read these columns.', header.problems);
  return rows.map((cells) => header.columns.row(cells));
}
