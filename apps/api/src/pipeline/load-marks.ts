import { Injectable } from '@nestjs/common';
import type { Lens } from '@cinch/canonical-model';
import type { Tx } from '../platform/transaction.ts';
import type { Claimed, Place } from '../stages/inbox/inbox.store.ts';
import { LoadsStore, type LoadRow } from '../stages/loads/loads.store.ts';
import { OldStore } from '../stages/loads/old.store.ts';
import type { ArrivedRow } from '../stages/records/read-rows.ts';

/** States of a load that may still be swept: what it shows counts until then. */
const unswept: ReadonlySet<LoadRow['state']> = new Set(['open', 'completing', 'to-accept']);

/** What taken rows say about records being there: shown by a load, or old no longer. */
@Injectable()
export class LoadMarks {
  constructor(
    private readonly loads: LoadsStore,
    private readonly old: OldStore,
  ) {}

  /** The load of what was claimed; null when it is of none. */
  async loadOf(tx: Tx, { loadId }: Pick<Claimed, 'loadId'>): Promise<LoadRow | null> {
    return loadId === null ? null : this.loads.byId(tx, loadId);
  }

  /** What the load shows is there, also what could not be read whole. */
  async noteSeen(
    tx: Tx,
    load: LoadRow | null,
    lens: Lens,
    { arrivals }: Pick<Claimed, 'arrivals'>,
    places: readonly Place[],
  ): Promise<void> {
    if (load === null || !unswept.has(load.state)) return;
    const unread = arrivals.filter((_, index) => places[index] === 'error').map((row) => lens.envelope(row.data));
    const inData = unread.flatMap((result) => (result.ok ? [result.envelope.key] : []));
    await this.loads.noteSeen(tx, load.loadId, load.systemId, [...arrivals.map((row) => row.key), ...inData]);
  }

  /** Whether what is told of a system's records may make one of them old no longer. */
  hasOld(tx: Tx, systemId: number): Promise<boolean> {
    return this.old.hasAny(tx, systemId);
  }

  /** A row was there when it was accepted; one of a load, when that was read. */
  async noteTold(
    tx: Tx,
    { systemId, load }: { systemId: number; load?: { asOf: number } | null },
    rows: readonly ArrivedRow[],
  ): Promise<void> {
    const told = rows.map(({ key, eventId, asOf, acceptedAt }) => {
      return { key, shownAt: eventId === null ? (asOf ?? load?.asOf ?? acceptedAt) : null };
    });
    await this.old.noteTold(tx, systemId, told);
  }
}
