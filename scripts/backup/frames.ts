// The form of a backup file: gzip over frames of one byte for the kind, four for the length, and the content. Rows are the bytes of
// Postgres' own COPY, so nothing is read into values and written again.
import { createReadStream, createWriteStream } from 'node:fs';
import { once } from 'node:events';
import { pipeline } from 'node:stream/promises';
import { constants, createGunzip, createGzip } from 'node:zlib';

const kinds = { words: 1, rows: 2 } as const;
const headBytes = 5;

export type Frame = { kind: 'words'; words: Record<string, unknown> } | { kind: 'rows'; rows: Buffer };

export interface FrameWriter {
  words(words: object): Promise<void>;
  rows(rows: Buffer): Promise<void>;
  /** Resolves when all is on the disk. */
  end(): Promise<void>;
}

/** For its owner alone: a backup holds everything that the hub knows of people. Fails where the file is there already. */
export function writeFrames(file: string): FrameWriter {
  const gzip = createGzip({ level: constants.Z_BEST_SPEED });
  const written = pipeline(gzip, createWriteStream(file, { flags: 'wx', mode: 0o600, flush: true }));
  // Told to whoever writes next; without a listener it would end the process.
  written.catch(() => undefined);
  async function frame(kind: number, content: Buffer): Promise<void> {
    const head = Buffer.alloc(headBytes);
    head.writeUInt8(kind, 0);
    head.writeUInt32BE(content.length, 1);
    gzip.write(head);
    if (!gzip.write(content)) await Promise.race([once(gzip, 'drain'), written]);
  }
  return {
    words: (words) => frame(kinds.words, Buffer.from(JSON.stringify(words))),
    rows: (rows) => frame(kinds.rows, rows),
    async end() {
      gzip.end();
      await written;
    },
  };
}

/** The frames of a file in order. Throws a sentence where the file is cut off or is no backup. */
export async function* readFrames(file: string): AsyncGenerator<Frame> {
  const gunzip = createGunzip();
  const source = createReadStream(file);
  source.on('error', (error) => gunzip.destroy(error));
  let held: Buffer = Buffer.alloc(0);
  try {
    for await (const chunk of source.pipe(gunzip) as AsyncIterable<Buffer>) {
      held = held.length === 0 ? chunk : Buffer.concat([held, chunk]);
      for (;;) {
        if (held.length < headBytes) break;
        const length = held.readUInt32BE(1);
        if (held.length < headBytes + length) break;
        yield asFrame(held.readUInt8(0), held.subarray(headBytes, headBytes + length), file);
        held = held.subarray(headBytes + length);
      }
    }
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'ENOENT') throw new Error(`There is no file ${file}.`, { cause: error });
    if (code === 'Z_DATA_ERROR') throw damaged(file, error);
    if (code === 'Z_BUF_ERROR') throw cutOff(file);
    throw error;
  }
  if (held.length > 0) throw cutOff(file);
}

function damaged(file: string, cause?: unknown): Error {
  return new Error(`${file} is damaged, or is no backup.`, { cause });
}

export function cutOff(file: string): Error {
  return new Error(`${file} is cut off: it was not written to its end. Use another backup.`);
}

function asFrame(kind: number, content: Buffer, file: string): Frame {
  if (kind === kinds.rows) return { kind: 'rows', rows: content };
  if (kind !== kinds.words) throw damaged(file);
  try {
    return { kind: 'words', words: JSON.parse(content.toString('utf8')) as Record<string, unknown> };
  } catch (cause) {
    throw damaged(file, cause);
  }
}
