import { longest } from '@cinch/canonical-model';

/** Where a line breaks off or is no JSON, its id may stand in it all the same. */
const idInText = /"id"\s*:\s*("(?:[^"\\]|\\.){0,1200}"|\d{1,15})/;

/** The key of a record line that cannot be taken, as far as it can be read: its record is there, whatever is wrong with the line. */
export function keyIn(line: string, { isWhole = true } = {}): string | null {
  const id = idOf(line, isWhole);
  const key = Number.isSafeInteger(id) ? String(id) : id;
  const isKey = typeof key === 'string' && key !== '' && key.length <= longest.key;
  return isKey && key.isWellFormed() && !key.includes('\0') ? key : null;
}

function idOf(line: string, isWhole: boolean): unknown {
  // What is cut off is no JSON: parsing it would find out at its end.
  const read = isWhole ? (parsed(line) as { id?: unknown } | null | undefined) : null;
  return read?.id ?? parsed(idInText.exec(line)?.[1] ?? '');
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
