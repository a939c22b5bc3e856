import { Injectable } from '@nestjs/common';
import type { DryRunAnswer } from '@cinch/api-contract';
import { canonicalJson, type Json, type Reach } from '@cinch/canonical-model';
import { Committer } from '../platform/committer.ts';
import { ProblemError } from '../platform/problem-error.ts';
import type { Tx } from '../platform/transaction.ts';
import { DryRunsStore, type Before } from '../stages/dry-runs/dry-runs.store.ts';
import type { ClaimedArrival, Place } from '../stages/inbox/inbox.store.ts';
import { readChunk, type AcceptedBody } from '../stages/inbox/read-body.ts';
import type { BodyForm } from '../stages/inbox/read-line.ts';
import { StreamedStore } from '../stages/inbox/streamed.store.ts';
import type { SourceRecord } from '../stages/records/record-row.ts';
import { RecordsStore } from '../stages/records/records.store.ts';
import { Foresight } from './foresight.ts';
import { Ingest } from './ingest.ts';
import { Newcomers } from './newcomers.ts';
import { toldBy } from './parcels.ts';
import { LoadMarks } from './load-marks.ts';
import { Loads } from './loads.ts';
import { mustWork, SystemsInForce } from './systems-in-force.ts';

/** A push that is to be tried out. */
export interface Trial {
  system: string;
  loadId: number | null;
  form: BodyForm;
  read: AcceptedBody;
  receivedAt: number;
}

/** As much as is worked on in one commit. */
export const mostTriedLines = 500;

/** Tells what a push would do: it is worked on for real, in a transaction of which nothing stays. */
@Injectable()
export class DryRun {
  constructor(
    private readonly committer: Committer,
    private readonly systems: SystemsInForce,
    private readonly loads: Loads,
    private readonly marks: LoadMarks,
    private readonly streamed: StreamedStore,
    private readonly ingest: Ingest,
    private readonly records: RecordsStore,
    private readonly store: DryRunsStore,
    private readonly foresight: Foresight,
    private readonly newcomers: Newcomers,
  ) {}

  foresee(trial: Trial): Promise<Omit<DryRunAnswer, 'unmappedColumns' | 'reach'> & { reach: Reach }> {
    const { system: code, loadId, receivedAt, form } = trial;
    return this.committer.tryOut(async (tx) => {
      const inForce = await this.systems.load(tx);
      const system = [...inForce.values()].find((one) => one.code === code);
      if (!system)
        throw new ProblemError('mapping-missing', `An admin has to publish a mapping of ${code} before it can push.`);
      const { systemId, lens } = mustWork(system);
      if (loadId !== null) await this.loads.take(tx, loadId, system, []);
      const load = await this.marks.loadOf(tx, { loadId });
      this.newcomers.letAllIn(tx);
      const { result, reach } = await this.foresight.rehearsed(tx, async () => {
        const before = await this.store.before(tx);
        const body = { systemId, loadId, form, idempotencyKey: null, receivedAt };
        const batchId = (await this.streamed.begin(tx, body))!;
        const arrivals = arrivalsOf(trial, batchId);
        const keys = arrivals.map(({ key }) => key);
        const known = await this.records.byKeys(tx, systemId, keys);
        const from = { systemId, lens, kind: 'push', runId: null, load } as const;
        const places = await this.ingest.withoutPoison(tx, inForce, toldBy(from, arrivals));
        const now = await this.records.byKeys(tx, systemId, appliedKeys(arrivals, places));
        const found = await this.found(tx, before, batchId, systemId);
        const rejected = trial.read.rejects;
        return { dryRun: true as const, rejected, ...countsOf(places), records: compare(known, now, before), ...found };
      });
      return { ...result, reach };
    });
  }

  private async found(tx: Tx, before: Before, batchId: number, systemId: number) {
    return {
      errors: await this.store.lineNotes(tx, before, batchId, 'line'),
      notes: await this.store.lineNotes(tx, before, batchId, 'note'),
      unreadable: await this.store.unreadable(tx, before, systemId),
      conflictsOpened: await this.store.conflictsOpened(tx, before),
    };
  }
}

function arrivalsOf({ form, read, receivedAt }: Trial, batchId: number): ClaimedArrival[] {
  const rejected = new Set(read.rejects.map(({ line }) => line));
  return read.chunks.flatMap((chunk) =>
    readChunk(form, chunk, rejected).map((arrival) => ({ ...arrival, batchId, acceptedAt: receivedAt })),
  );
}

function appliedKeys(arrivals: readonly ClaimedArrival[], places: readonly Place[]): string[] {
  return arrivals.filter((_, index) => places[index] === 'applied').map(({ key }) => key);
}

function countsOf(places: readonly Place[]) {
  const n = (place: Place) => places.filter((one) => one === place).length;
  return { accepted: places.length, applied: n('applied'), superseded: n('superseded'), error: n('error') };
}

type Known = ReadonlyMap<string, SourceRecord>;

function compare(known: Known, now: Known, before: Before): DryRunAnswer['records'] {
  const records = { new: 0, joining: 0, changed: 0, same: 0 };
  for (const [key, record] of now) {
    const old = known.get(key);
    // What the hub made itself was there under no key.
    const isNew = !old && record.origin === 'push';
    if (isNew && record.customerId! <= before.customerId) records.joining += 1;
    records[isNew ? 'new' : old && saysTheSame(old, record) ? 'same' : 'changed'] += 1;
  }
  return records;
}

function saysTheSame(old: SourceRecord, record: SourceRecord): boolean {
  const said = ({ kind, tombstoned, known: { held, asserted } }: SourceRecord) =>
    canonicalJson({ kind, tombstoned, held, asserted } as unknown as Json);
  return said(old) === said(record);
}
