import { Injectable } from '@nestjs/common';
import type { PoolClient } from 'pg';
import { from as copyFrom } from 'pg-copy-streams';
import { DataSource, type QueryRunner } from 'typeorm';
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

/** Postgres knows a prepared statement by a name. */
function nameOf(text: string): string {
  const known = names.get(text) ?? `cinch_${names.size}`;
  names.set(text, known);
  return known;
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
  async glance<T>(work: (tx: Glance) => Promise<T>): Promise<T> {
    const runner = this.source.createQueryRunner();
    try {
      const client = (await runner.connect()) as PoolClient;
      return await work({
        async query<Row>(text: string, values?: unknown[]): Promise<Row[]> {
          return (await client.query({ name: nameOf(text), text, values })).rows as Row[];
        },
      });
    } finally {
      await runner.release();
    }
  }

  /** Everything or nothing; committed when the promise resolves. */
  transaction<T>(work: (tx: Tx) => Promise<T>): Promise<T> {
    return this.within('start transaction', work);
  }

  private async within<T>(start: string, work: (tx: Tx) => Promise<T>): Promise<T> {
    const runner = this.source.createQueryRunner();
    try {
      await runner.query(start);
      const result = await work(transactionOn(runner));
      await runner.query('commit');
      return result;
    } catch (error) {
      // A broken connection cannot roll back; the server has done it, and the first error is the one that tells.
      await runner.query('rollback').catch(() => undefined);
      throw error;
    } finally {
      await runner.release();
    }
  }
}

function transactionOn(runner: QueryRunner): Tx {
  return {
    async query<Row>(sql: string, parameters?: unknown[]): Promise<Row[]> {
      const result = await runner.query(sql, parameters, true);
      return result.records as Row[];
    },
    async copy(table, names, rows) {
      if (rows.length === 0) return;
      const client = (await runner.connect()) as PoolClient;
      const stream = client.query(copyFrom(`copy ${table} (${names.join(', ')}) from stdin`));
      await new Promise<void>((done, failed) => {
        stream.once('finish', done).once('error', failed);
        stream.end(copyText(rows));
      });
    },
  };
}
