import pg, { type Connection } from 'pg';
import { copyText, type CopyValue } from './copy-text.ts';

/** What a connection can do with COPY; its declared type leaves it out. */
interface CopyConnection extends Connection {
  endCopyFrom(): void;
}

/** `CopyData` of the protocol: a letter, its length without the letter, the rows. */
function copyData(rows: string): Buffer {
  const length = 4 + Buffer.byteLength(rows);
  const message = Buffer.allocUnsafe(1 + length);
  message.write('d', 0);
  message.writeInt32BE(length, 1);
  message.write(rows, 5);
  return message;
}

/**
 * Adds rows by COPY. They go out right behind the statement, without waiting for the server to ask for them, which would be a journey to
 * it and back. Where the statement fails the server passes over them, as its protocol promises.
 */
export class CopyQuery extends pg.Query {
  constructor(
    table: string,
    columns: readonly string[],
    rows: readonly (readonly CopyValue[])[],
    done: (error: Error | undefined | null) => void,
  ) {
    super(`copy ${table} (${columns.join(', ')}) from stdin`, done);
    const { text } = this as unknown as { text: string };
    // Written here, since the client would copy it once more: what it takes outside of the heap brings a full collection nearer.
    const data = copyData(copyText(rows));
    this.submit = (connection) => {
      const to = connection as CopyConnection;
      to.stream.cork();
      to.query(text);
      to.stream.write(data);
      to.endCopyFrom();
      to.stream.uncork();
      return null;
    };
  }

  /** They are on their way already. */
  handleCopyInResponse(): void {}
}
