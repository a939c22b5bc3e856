import { Injectable } from '@nestjs/common';
import type { DatabaseLane } from '@cinch/api-contract';
import type { PoolClient, QueryResult } from 'pg';
import type { CopyValue } from './copy-text.ts';
import { CopyQuery } from './copy-query.ts';
import { Lanes } from './lanes.ts';
import { Outlet } from './outlet.ts';
import { noteRefusedRow } from './refused-row.ts';

/**
 * What a store writes through. Never held over a network call: a slow system must not hold locks in the hub. Statements run in the order
 * in which they are given, so those that do not need each other's rows can be asked together and cost one journey to the server.
 */
export interface Tx {
  /** The rows of a SELECT or of RETURNING, whatever the statement; no rows otherwise. */
  query<Row = Record<string, unknown>>(sql: string, parameters?: unknown[]): Promise<Row[]>;
  /** A statement of which no rows are needed is not waited for: where it fails, the next query or the commit fails by its error. */
  write(sql: string, parameters?: unknown[]): Promise<void>;
  /**
   * Adds rows by COPY, several times as fast as INSERT; `rows` hold their values in the order of the columns. It is not waited for, as
   * with `write`; of the error that it fails by, `refusedNumber` tells the row.
   */
  copy(table: string, columns: readonly string[], rows: readonly (readonly CopyValue[])[]): Promise<void>;
}

/** Reads by statements of which each stands for itself. */
export type Glance = Pick<Tx, 'query'>;

const names = new Map<string, string>();
/** Each connection keeps the plan of each: a text that is put together from what was asked must not fill it. */
const mostNames = 400;

/** Postgres knows a prepared statement by a name. */
function nameOf(text: string): string | undefined {
  const known = names.get(text);
  if (known !== undefined || names.size >= mostNames) return known;
  const name = `cinch_${names.size}`;
  names.set(text, name);
  return name;
}

/** Opens transactions: the pipeline and a steward's or admin's act are the only places that call it. */
@Injectable()
export class Database {
  private lane: DatabaseLane | null = null;

  constructor(private readonly lanes: Lanes) {}

  /** The same, by connections of this lane. */
  in(lane: DatabaseLane): Database {
    const other = new Database(this.lanes);
    other.lane = lane;
    return other;
  }

  /** One consistent picture: every query of the work sees the same instant, and none can write. */
  read<T>(work: (tx: Tx) => Promise<T>): Promise<T> {
    return this.within('start transaction isolation level repeatable read read only', work);
  }

  /**
   * A single statement that is asked often: it sees one instant by itself, so it needs no transaction, and each connection plans it
   * once. The texts must be few and fixed.
   */
  glance<T>(work: (tx: Glance) => Promise<T>): Promise<T> {
    return this.connected((client) =>
      work({
        async query<Row>(text: string, values?: unknown[]) {
          return (await client.query(statementOf(text, values, true))).rows as Row[];
        },
      }),
    );
  }

  /** Everything or nothing; committed when the promise resolves. */
  transaction<T>(work: (tx: Tx) => Promise<T>): Promise<T> {
    return this.within('start transaction', work);
  }

  /**
   * A transaction that begins with these statements, all in one message to the server; the work is handed the rows of the last one, for
   * which it need not wait before it goes on. `isFrequent`: its statements are few and fixed, so each connection plans them once.
   */
  begun<T, Row>(
    opening: readonly string[],
    work: (tx: Tx, rows: Promise<Row[]>) => Promise<T>,
    { isFrequent = false } = {},
  ): Promise<T> {
    return this.within<T, Row>(['start transaction', ...opening].join('; '), work, isFrequent);
  }

  private within<T, Row>(
    start: string,
    work: (tx: Tx, rows: Promise<Row[]>) => Promise<T>,
    isFrequent = false,
  ): Promise<T> {
    return this.connected(async (client) => {
      const tx = new Transaction(client, isFrequent);
      try {
        const opened = tx.open<Row>(start);
        const [, result] = await Promise.all([opened, work(tx, opened)]);
        await tx.query('commit');
        tx.end();
        return result;
      } catch (error) {
        tx.end();
        // A broken connection cannot roll back; the server has done it, and the first error is the one that tells.
        await client.query('rollback').catch(() => undefined);
        throw error;
      }
    });
  }

  private async connected<T>(work: (client: PoolClient) => Promise<T>): Promise<T> {
    const client = await this.lanes.pool(this.lane).connect();
    try {
      return await work(client);
    } finally {
      client.release();
    }
  }
}

function statementOf(text: string, values: unknown[] | undefined, isFrequent: boolean) {
  return isFrequent ? { name: nameOf(text), text, values } : { text, values };
}

class Transaction implements Tx {
  /** The first error, until it is rolled back: whatever stands behind it the server refuses without saying why. */
  private failure: Error | null = null;
  /** Whether somebody waited for the statement that failed, or for one behind it. */
  private isTold = true;
  private isOver = false;
  private readonly outlet: Outlet;

  constructor(
    private readonly client: PoolClient,
    private readonly isFrequent: boolean,
  ) {
    this.outlet = new Outlet(client);
  }

  /** Statements in one message. The rows of the last one. */
  async open<Row>(start: string): Promise<Row[]> {
    this.begin();
    const started: unknown = await this.client.query(start);
    return ((Array.isArray(started) ? started.at(-1) : started) as QueryResult).rows as Row[];
  }

  async query<Row>(text: string, values?: unknown[]): Promise<Row[]> {
    this.begin();
    const asked = this.client.query(statementOf(text, values, this.isFrequent));
    const rows = await asked.then(
      (result) => result.rows as Row[],
      (error: Error) => {
        this.failure ??= error;
        this.isTold = true;
        throw this.failure;
      },
    );
    // A rollback to a savepoint, and even a commit, succeeds after a failure: nothing is written by it.
    const { failure, isTold } = this;
    this.isTold = true;
    if (text.startsWith('rollback to')) this.failure = null;
    if (failure && !isTold) throw failure;
    return rows;
  }

  async write(text: string, values?: unknown[]): Promise<void> {
    this.begin();
    this.client.query(statementOf(text, values, this.isFrequent), this.noteFailure);
  }

  async copy(table: string, columns: readonly string[], rows: readonly (readonly CopyValue[])[]): Promise<void> {
    this.begin();
    if (rows.length === 0) return;
    const done = (error: Error | undefined | null) => {
      if (error) noteRefusedRow(error, columns, rows);
      this.noteFailure(error);
    };
    this.client.query(new CopyQuery(table, columns, rows, done));
  }

  /** Work that failed may have been asking several things at once: none of them may write after the rollback. Nor after the commit. */
  end(): void {
    this.isOver = true;
  }

  private begin(): void {
    if (this.isOver) throw new Error('The transaction is over: nothing can be asked of it any more.');
    this.outlet.hold();
  }

  private readonly noteFailure = (error: Error | undefined | null): void => {
    if (!error || this.failure) return;
    this.failure = error;
    this.isTold = false;
  };
}
