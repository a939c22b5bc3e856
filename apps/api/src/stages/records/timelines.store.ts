import { Injectable } from '@nestjs/common';
import type { Entry, OfferEntry, ReceiptEntry } from '@cinch/canonical-model';
import { columns } from '../../platform/columns.ts';
import type { Tx } from '../../platform/transaction.ts';

/** Where an entry came from: a line of a batch, or a refresh run. */
interface Origin {
  batchId: number | null;
  line: number | null;
  runId: number | null;
}

export interface Filing {
  recordId: number;
  entry: Entry;
  origin: Origin;
}

interface Row {
  record_id: number;
  kind: Entry['kind'];
  epoch: number;
  version: number | null;
  at: Date;
  content: string;
  native: string;
  delivery_id: string | null;
  base: string | null;
  refused: string | null;
}

/** The timelines of source records: all that was said, heard, offered and acknowledged. Entries are only ever added. */
@Injectable()
export class TimelinesStore {
  /** Files what is new and returns for each filing whether it was: an exact duplicate is superseded. */
  async file(tx: Tx, filings: readonly Filing[], filedAt: number): Promise<boolean[]> {
    const rows = filings.map((filing, index) => asRow(filing, index));
    const filed = await tx.query<{ seq: number }>(
      `with arrived as (
         select * from unnest($1::bigint[], $2::text[], $3::int[], $4::bigint[], $5::timestamptz[], $6::uuid[], $7::text[],
                              $8::bigint[], $9::int[], $10::bigint[], $11::uuid[], $12::text[], $13::text[], $14::int[])
           as t(record_id, kind, epoch, version, at, content, native, batch_id, line, run_id, delivery_id, base, refused, seq)
       ), fresh as (
         select distinct on (record_id, epoch, version, at, content, kind, delivery_id) * from arrived t
         where not exists (
           select 1 from record_entry e
           where e.record_id = t.record_id and e.epoch = t.epoch and e.version is not distinct from t.version and e.at = t.at
             and e.content = t.content
             and ((e.kind = t.kind and e.delivery_id is not distinct from t.delivery_id) or (t.kind in ('push', 'heard') and e.kind in ('push', 'heard', 'receipt'))))
         order by record_id, epoch, version, at, content, kind, delivery_id, seq
       ), filed as (
         insert into record_entry (record_id, kind, epoch, version, at, content, native, filed_at, batch_id, line, run_id,
                                   delivery_id, base, refused)
         select record_id, kind, epoch, version, at, content, native, $15, batch_id, line, run_id, delivery_id, base, refused
         from fresh order by seq
         on conflict do nothing
       )
       select seq from fresh`,
      [
        ...columns(rows, [
          'recordId',
          'kind',
          'epoch',
          'version',
          'at',
          'content',
          'native',
          'batchId',
          'line',
          'runId',
          'deliveryId',
          'base',
          'refused',
          'seq',
        ]),
        new Date(filedAt),
      ],
    );
    const fresh = new Set(filed.map((row) => row.seq));
    return filings.map((_, index) => fresh.has(index));
  }

  async read(tx: Tx, recordIds: readonly number[]): Promise<Map<number, Entry[]>> {
    const rows = await tx.query<Row>(
      `select e.record_id, e.kind, e.epoch, e.version, e.at, e.content, e.native, e.delivery_id, e.base, e.refused
       from unnest($1::bigint[]) as wanted(id) join record_entry e on e.record_id = wanted.id order by e.record_id, e.entry_id`,
      [recordIds],
    );
    const timelines = new Map<number, Entry[]>(recordIds.map((id) => [id, []]));
    for (const row of rows) timelines.get(row.record_id)!.push(asEntry(row));
    return timelines;
  }

  /** Of these filings, the places of those whose version came with other content as well. */
  async reusedVersions(tx: Tx, filings: readonly Filing[]): Promise<Set<number>> {
    const rows = filings.flatMap(({ recordId, entry: { epoch, version } }, index) =>
      version === null ? [] : [{ recordId, epoch, version, index }],
    );
    const found = await tx.query<{ index: number }>(
      `select t.index from unnest($1::bigint[], $2::int[], $3::bigint[], $4::int[]) as t(record_id, epoch, version, index)
       join record_entry e on e.record_id = t.record_id and e.epoch = t.epoch and e.version = t.version
       group by 1 having count(distinct e.content) > 1`,
      columns(rows, ['recordId', 'epoch', 'version', 'index']),
    );
    return new Set(found.map((row) => row.index));
  }
}

function asRow({ recordId, entry, origin }: Filing, seq: number) {
  return {
    ...origin,
    recordId,
    seq,
    kind: entry.kind,
    epoch: entry.epoch,
    version: entry.version,
    at: new Date(entry.at),
    content: entry.content,
    native: JSON.stringify(entry.kind === 'offer' ? entry.carried : entry.native),
    deliveryId: entry.kind === 'offer' || entry.kind === 'receipt' ? entry.deliveryId : null,
    base: entry.kind === 'offer' ? entry.base : null,
    refused: entry.kind === 'receipt' ? JSON.stringify(entry.refused) : null,
  };
}

function asEntry(row: Row): Entry {
  const native = JSON.parse(row.native);
  const common = {
    epoch: row.epoch,
    version: row.version,
    at: row.at.getTime(),
    content: row.content.replaceAll('-', ''),
  };
  if (row.kind === 'offer')
    return {
      ...common,
      kind: 'offer',
      version: null,
      base: row.base,
      deliveryId: row.delivery_id,
      carried: native,
    } satisfies OfferEntry;
  if (row.kind === 'receipt')
    return {
      ...common,
      kind: 'receipt',
      deliveryId: row.delivery_id!,
      native,
      refused: JSON.parse(row.refused ?? '{}'),
    } satisfies ReceiptEntry;
  return { ...common, kind: row.kind, native };
}
