/** A cell as it reads, and as it stands in the file. */
export interface Cell {
  text: string;
  raw: string;
}

/** A record of a file with the line end behind it, which the last one may lack. An empty line is one empty cell. */
export interface Line {
  cells: Cell[];
  end: '\n' | '\r\n' | '';
}

const delimiters = [',', ';', '\t'] as const;
export type Delimiter = (typeof delimiters)[number];

/** The delimiter that parts most columns of the header; a comma where none does. */
export function delimiterOf(text: string): Delimiter {
  const header = /^(?:"(?:[^"]|"")*"|[^"\n])*/.exec(text)?.[0].replace(/"(?:[^"]|"")*"/g, '') ?? '';
  const counts = delimiters.map((delimiter) => header.split(delimiter).length);
  return delimiters[counts.indexOf(Math.max(...counts))]!;
}

/** Cells of CSV as RFC 4180 has it. What `formatCsv` makes of it is the same text. Throws a sentence where quotes never close. */
export function parseCsv(text: string, delimiter: Delimiter): Line[] {
  const lines: Line[] = [];
  let cells: Cell[] = [];
  let [cell, begin, isQuoted] = ['', 0, false];
  const endCell = (at: number) => {
    cells.push({ text: cell, raw: text.slice(begin, at) });
    [cell, begin] = ['', at + 1];
  };
  for (let at = 0; at < text.length; at += 1) {
    const character = text[at]!;
    if (isQuoted) {
      if (character !== '"') cell += character;
      else if (text[at + 1] === '"') cell += text[at++];
      else isQuoted = false;
    } else if (character === '"') isQuoted = true;
    else if (character === delimiter) endCell(at);
    else if (character === '\n') {
      const end = text[at - 1] === '\r' && at > begin ? '\r\n' : '\n';
      endCell(end === '\n' ? at : at - 1);
      begin = at + 1;
      lines.push({ cells, end });
      cells = [];
    } else if (character !== '\r' || text[at + 1] !== '\n') cell += character;
  }
  if (isQuoted) throw new Error('A cell opens quotes that nothing closes.');
  if (begin < text.length || cells.length > 0) {
    endCell(text.length);
    lines.push({ cells, end: '' });
  }
  return lines;
}

export function formatCsv(lines: readonly Line[], delimiter: Delimiter): string {
  return lines.map(({ cells, end }) => cells.map(({ raw }) => raw).join(delimiter) + end).join('');
}

export function isEmpty({ cells }: Line): boolean {
  return cells.length === 1 && cells[0]!.text === '';
}

/** A cell to be written: in quotes where it needs them, or where its place had them. */
export function cellOf(text: string, delimiter: Delimiter, wasQuoted: boolean): Cell {
  const needsQuotes = /["\r\n]/.test(text) || text.includes(delimiter);
  return { text, raw: needsQuotes || wasQuoted ? `"${text.replaceAll('"', '""')}"` : text };
}

export function isQuoted({ raw }: Cell): boolean {
  return raw.startsWith('"');
}
