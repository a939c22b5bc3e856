import { Injectable } from '@nestjs/common';
import { classifyListed } from '@cinch/canonical-model';
import type { AdapterRow } from '@cinch/system-adapter/protocol';
import { Clock } from '../platform/clock.ts';
import { Committer } from '../platform/committer.ts';
import { ProblemError } from '../platform/problem-error.ts';
import { Database, type Tx } from '../platform/transaction.ts';
import { RecordsStore } from '../stages/records/records.store.ts';
import { AdapterClient } from '../stages/refreshes/adapter-client.ts';
import { ReplaysStore, type HeardError, type ReplayedLine } from '../stages/replays/replays.store.ts';
import { Ingest } from './ingest.ts';
import { asArrived, knownOf } from './listing.ts';
import { toldBy } from './parcels.ts';
import { stoppedIds, SystemsInForce } from './systems-in-force.ts';

const never = new AbortController().signal;

/**
 * Rows that could not be taken when their system was listed have no bytes that could be replayed: the system is asked for them again by
 * their keys. What it tells then goes the way of a listing; a row that only differs at a known version is left to the next refresh.
 */
@Injectable()
export class HeardAgain {
  constructor(
    private readonly database: Database,
    private readonly committer: Committer,
    private readonly clock: Clock,
    private readonly systems: SystemsInForce,
    private readonly adapters: AdapterClient,
    private readonly records: RecordsStore,
    private readonly ingest: Ingest,
    private readonly replays: ReplaysStore,
  ) {}

  /** Reads the next row of the replay again. False when none of them waits. */
  async next(replayId: number): Promise<boolean> {
    const next = await this.database.glance((tx) => this.replays.nextHeard(tx, replayId));
    if (!next) return false;
    const row = await this.find(next);
    await this.committer.commit(async (tx) => {
      const now = this.clock.now();
      // One that does not answer would keep all others waiting once for each of its rows.
      if (row === 'unasked') return this.replays.noteUnasked(tx, replayId, next.systemId, now);
      // One that is gone is no error any more; of one that cannot be read nothing is known.
      const place = row === undefined ? 'error' : row === null ? 'superseded' : await this.takeIn(tx, next, row);
      return this.replays.noteHeard(tx, replayId, next.errorId, place, now);
    });
    return true;
  }

  /** `unasked`: nothing can be read of the system at the moment. Undefined where it says nothing of this single row. */
  private async find({ systemId, key }: HeardError): Promise<AdapterRow | null | undefined | 'unasked'> {
    const inForce = await this.database.read((tx) => this.systems.load(tx));
    const system = inForce.get(systemId);
    if (!system || system.adapterUrl === null || stoppedIds(inForce).includes(systemId)) return 'unasked';
    try {
      return await this.adapters.find(system, key, never);
    } catch (error) {
      if (error instanceof ProblemError) return 'unasked';
      throw error;
    }
  }

  private async takeIn(tx: Tx, { systemId, key, runId }: HeardError, row: AdapterRow): Promise<ReplayedLine['place']> {
    const inForce = await this.systems.load(tx);
    // It was asked for before this commit began.
    if (stoppedIds(inForce).includes(systemId)) return 'error';
    const { lens } = inForce.get(systemId)!;
    const record = (await this.records.byKeys(tx, systemId, [key])).get(key);
    // Its question is answered first.
    if (record && record.holdId !== null) return 'error';
    const arrived = asArrived(row, 0, this.clock.now());
    const isReadable = lens.envelope(row.data).ok;
    if (isReadable && classifyListed(lens.read(row.data), row.version, knownOf(record), false, lens) !== 'news')
      return 'superseded';
    const from = { systemId, lens, kind: 'heard', runId } as const;
    const [place] = await this.ingest.withoutPoison(tx, inForce, toldBy(from, [arrived]));
    return place ?? 'error';
  }
}
