import { Injectable } from '@nestjs/common';
import type { PoolClient, QueryResult } from 'pg';
import { from as copyFrom } from 'pg-copy-streams';
import { DataSource } from 'typeorm';
import { copyText, type CopyValue } from './copy-text.ts';

/** What a store writes through. Never held over a network call: a slow system must not hold locks in the hub. */
export interface Tx {
  /** The rows of a SELECT or of RETURNING, whatever the statement; no rows otherwise. */
  query<Row = Record<string, unknown>>(sql: string, parameters?: unknown[]): Promise<Row[]>;
  /** Adds rows by COPY, several times as fast as INSERT; `rows` hold their values in the order of the columns. */
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
  constructor(private readonly source: DataSource) {}

  /** One consistent picture: every query of the work sees the same instant, and none can write. */
  read<T>(work: (tx: Tx) => Promise<T>): Promise<T> {
    return this.within('start transaction isolation level repeatable read read only', work);
  }

  /**
   * A single statement that is asked often: it sees one instant by itself, so it needs no transaction, and each connection plans it
   * once. The texts must be few and fixed.
   */
  glance<T>(work: (tx: Glance) => Promise<T>): Promise<T> {
    return this.connected((client) => work(statementsOn(client, true)));
  }

  /** Everything or nothing; committed when the promise resolves. */
  transaction<T>(work: (tx: Tx) => Promise<T>): Promise<T> {
    return this.within('start transaction', work);
  }

  /**
   * A transaction that begins with these statements, all in one message to the server; the work is handed the rows of the last one.
   * `isFrequent`: its statements are few and fixed, so each connection plans them once.
   */
  begun<T, Row>(
    opening: readonly string[],
    work: (tx: Tx, rows: Row[]) => Promise<T>,
    { isFrequent = false } = {},
  ): Promise<T> {
    return this.within<T, Row>(['start transaction', ...opening].join('; '), work, isFrequent);
  }

  private within<T, Row>(start: string, work: (tx: Tx, rows: Row[]) => Promise<T>, isFrequent = false): Promise<T> {
    return this.connected(async (client) => {
      try {
        const started: unknown = await client.query(start);
        const last = (Array.isArray(started) ? started.at(-1) : started) as QueryResult;
        const result = await work(transactionOn(client, isFrequent), last.rows as Row[]);
        await client.query('commit');
        return result;
      } catch (error) {
        // A broken connection cannot roll back; the server has done it, and the first error is the one that tells.
        await client.query('rollback').catch(() => undefined);
        throw error;
      }
    });
  }

  private async connected<T>(work: (client: PoolClient) => Promise<T>): Promise<T> {
    const runner = this.source.createQueryRunner();
    try {
      return await work((await runner.connect()) as PoolClient);
    } finally {
      await runner.release();
    }
  }
}

function statementsOn(client: PoolClient, isFrequent: boolean): Glance {
  return {
    async query<Row>(text: string, values?: unknown[]): Promise<Row[]> {
      const statement = isFrequent ? { name: nameOf(text), text, values } : { text, values };
      return (await client.query(statement)).rows as Row[];
    },
  };
}

function transactionOn(client: PoolClient, isFrequent: boolean): Tx {
  return {
    ...statementsOn(client, isFrequent),
    async copy(table, columns, rows) {
      if (rows.length === 0) return;
      const stream = client.query(copyFrom(`copy ${table} (${columns.join(', ')}) from stdin`));
      await new Promise<void>((done, failed) => {
        stream.once('finish', done).once('error', failed);
        stream.end(copyText(rows));
      });
    },
  };
}
