/** Rows of a CSV text (RFC 4180: quotes, doubled quotes, line breaks within quotes) as objects by column; text is trimmed. */
export function readCsv(text) {
  const [header, ...rows] = cells(text);
  const columns = header.map((name) => name.trim());
  return rows
    .filter((row) => row.length === columns.length)
    .map((row) => Object.fromEntries(columns.map((name, at) => [name, row[at].trim()])));
}

function cells(text) {
  const rows = [];
  let row = [];
  let cell = '';
  let quoted = false;
  for (let at = 0; at < text.length; at++) {
    const sign = text[at];
    if (quoted && sign === '"' && text[at + 1] === '"') {
      cell += '"';
      at++;
    } else if (quoted) {
      if (sign === '"') quoted = false;
      else cell += sign;
    } else if (sign === '"' && cell.trim() === '') {
      cell = '';
      quoted = true;
    } else if (sign === ',') {
      row.push(cell);
      cell = '';
    } else if (sign === '\n') {
      rows.push([...row, cell]);
      row = [];
      cell = '';
    } else cell += sign;
  }
  if (row.length > 0 || cell.trim() !== '') rows.push([...row, cell]);
  return rows;
}
