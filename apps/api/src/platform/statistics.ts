import { Injectable, Logger, type OnApplicationShutdown } from '@nestjs/common';
import { Database } from './transaction.ts';

/** The tables that grow with what is taken in. */
const growing = [
  'source_record',
  'record_entry',
  'match_key',
  'match_evidence',
  'match_edge',
  'customer',
  'golden',
  'golden_history',
  'customer_search',
  'inbox_chunk',
];
const firstLook = 500;
/** By so many lines a plan for an empty table costs more than the look; later ones are nearly right already. */
const waitedFor = 10_000;

/**
 * The planner's statistics of tables that grow from nothing within seconds: without them it takes a full table for an empty one and
 * reads it whole for each row, until the server's own timer comes by a minute later.
 */
@Injectable()
export class Statistics implements OnApplicationShutdown {
  private readonly log = new Logger('Statistics');
  private lines = 0;
  private nextLook = firstLook;
  private look: Promise<void> = Promise.resolve();

  constructor(private readonly database: Database) {}

  async onApplicationShutdown(): Promise<void> {
    await this.look;
  }

  /** So many more lines are worked in; each time that they have doubled, the tables are looked at. Only the first looks are waited for. */
  async grown(lines: number): Promise<void> {
    this.lines += lines;
    if (this.lines < this.nextLook) return;
    this.nextLook = this.lines * 2;
    this.look = this.analyze().catch((error: Error & { code?: string }) => {
      this.log.warn(`The planner's statistics could not be taken: ${error.code ?? error.name}`);
    });
    if (this.lines < waitedFor) await this.look;
  }

  private analyze(): Promise<void> {
    return this.database.transaction(async (tx) => {
      // A tenth of the usual sample: how large the tables are is what matters.
      await tx.query('set local default_statistics_target = 10');
      await tx.query(`analyze ${growing.join(', ')}`);
    });
  }
}
