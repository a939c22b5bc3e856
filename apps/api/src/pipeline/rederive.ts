import { Injectable } from '@nestjs/common';
import { Committer } from '../platform/committer.ts';
import { Database } from '../platform/transaction.ts';
import { RecordsStore } from '../stages/records/records.store.ts';
import { Ingest } from './ingest.ts';
import { SystemsInForce } from './systems-in-force.ts';

const recordsAtOnce = 1_000;

/**
 * After a mapping was published, its system's records are derived anew from their timelines, a page a commit. What this changes waits
 * for the next refresh: a mistake in a mapping must not go out by itself.
 */
@Injectable()
export class Rederive {
  constructor(
    private readonly database: Database,
    private readonly committer: Committer,
    private readonly systems: SystemsInForce,
    private readonly records: RecordsStore,
    private readonly ingest: Ingest,
  ) {}

  /** One page. False when every record is derived by the mapping in force. */
  async next(): Promise<boolean> {
    if (!(await this.database.read((tx) => this.records.hasNewMapping(tx)))) return false;
    await this.committer.commit(async (tx) => {
      const recordIds = await this.records.derivedByOldMapping(tx, recordsAtOnce);
      if (recordIds.length === 0) await this.records.noteDerived(tx);
      else await this.ingest.again(tx, await this.systems.load(tx), recordIds);
    });
    return true;
  }
}
