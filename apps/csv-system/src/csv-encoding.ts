import { isUtf8 } from 'node:buffer';

type Encoding = 'utf-8' | 'utf-16le' | 'utf-16be' | 'windows-1252';

/** How the bytes of a file stand for its text. */
export interface Form {
  encoding: Encoding;
  /** The byte order mark that it begins with; empty where it has none. */
  mark: Buffer;
}

const marks: readonly Form[] = [
  { encoding: 'utf-8', mark: Buffer.from([0xef, 0xbb, 0xbf]) },
  { encoding: 'utf-16le', mark: Buffer.from([0xff, 0xfe]) },
  { encoding: 'utf-16be', mark: Buffer.from([0xfe, 0xff]) },
];
const noMark = Buffer.alloc(0);
/** Windows-1252 has no letters there. */
const unused = [0x81, 0x8d, 0x8f, 0x90, 0x9d];

/** Every letter of Windows-1252, at the place of its byte. */
const letters = new TextDecoder('windows-1252').decode(Uint8Array.from({ length: 256 }, (_, byte) => byte));
const bytes = new Map([...letters].map((letter, byte) => [letter, byte]));

/** The text of a file, and how to write it again. Throws a sentence where its bytes are no text that the hub can keep. */
export function decode(file: Buffer): { text: string; form: Form } {
  const form = formOf(file);
  const body = file.subarray(form.mark.length);
  const text = textOf(body, form.encoding);
  if (text === null || text.includes('\0'))
    throw new Error('cannot be read as UTF-8, UTF-16 with a byte order mark or Windows-1252. Save it as one of these.');
  return { text, form };
}

/** The bytes of a text that `canEncode`. */
export function encode(text: string, { encoding, mark }: Form): Buffer {
  const body =
    encoding === 'windows-1252'
      ? Buffer.from([...text].map((letter) => bytes.get(letter)!))
      : Buffer.from(text, encoding === 'utf-8' ? 'utf8' : 'utf16le');
  return Buffer.concat([mark, encoding === 'utf-16be' ? body.swap16() : body]);
}

export function canEncode(text: string, { encoding }: Form): boolean {
  if (!text.isWellFormed() || text.includes('\0')) return false;
  return encoding !== 'windows-1252' || [...text].every((letter) => bytes.has(letter));
}

function formOf(file: Buffer): Form {
  const marked = marks.find(({ mark }) => file.subarray(0, mark.length).equals(mark));
  return marked ?? { encoding: isUtf8(file) ? 'utf-8' : 'windows-1252', mark: noMark };
}

function textOf(body: Buffer, encoding: Encoding): string | null {
  if (encoding === 'windows-1252' && unused.some((byte) => body.includes(byte))) return null;
  try {
    return new TextDecoder(encoding, { fatal: true, ignoreBOM: true }).decode(body);
  } catch {
    return null;
  }
}
