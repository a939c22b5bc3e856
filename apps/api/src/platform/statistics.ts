import { Injectable } from '@nestjs/common';
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

/**
 * The planner's statistics of tables that grow from nothing within seconds: without them it takes a full table for an empty one and
 * reads it whole for each row, until the server's own timer comes by a minute later.
 */
@Injectable()
export class Statistics {
  private lines = 0;
  private nextLook = firstLook;

  constructor(private readonly database: Database) {}

  /** So many more lines are worked in; each time that they have doubled, the tables are looked at. */
  async grown(lines: number): Promise<void> {
    this.lines += lines;
    if (this.lines < this.nextLook) return;
    this.nextLook = this.lines * 2;
    await this.database.transaction((tx) => tx.query(`analyze ${growing.join(', ')}`));
  }
}
