import { Injectable } from '@nestjs/common';
import {
  isWhole,
  Order,
  positionOf,
  type Entry,
  type EntryHold,
  type OfferEntry,
  type ReceiptEntry,
  type Timing,
} from '@cinch/canonical-model';
import { columns } from '../../platform/columns.ts';
import type { Tx } from '../../platform/transaction.ts';
import type { HoldAnswer } from './holds.store.ts';

/** Where an entry came from: a line of a batch, or a refresh run. */
export interface Origin {
  batchId: number | null;
  line: number | null;
  runId: number | null;
}

export interface Filing {
  recordId: number;
  entry: Entry;
  origin: Origin;
  /** It is held for the question of this hold; `countsFrom`: its record's versions may begin anew with it. */
  hold?: { holdId: number; countsFrom: number | null };
}

/** A whole row that gave way to another of its version, and where it came from. */
export interface OutrankedRow extends Origin {
  recordId: number;
  version: number;
}

interface Row {
  entry_id: number;
  record_id: number;
  kind: Entry['kind'];
  version: number | null;
  at: Date;
  content: string;
  native: string;
  event_id: string | null;
  delivery_id: string | null;
  base: string | null;
  refused: string | null;
  said_at: Date | null;
  timing: Timing | null;
  call: number | null;
  batch_id: number | null;
  line: number | null;
  hold_id: number | null;
  hold: { answer: HoldAnswer | null; setBackTo: number | null; restoredAt: number | null } | null;
  taken_back: number | null;
  counts_from: Date | null;
  filed_at: Date;
}

const copied = [
  'recordId',
  'kind',
  'version',
  'at',
  'content',
  'native',
  'eventId',
  'batchId',
  'line',
  'runId',
  'deliveryId',
  'base',
  'refused',
  'saidAt',
  'timing',
  'call',
  'holdId',
  'countsFrom',
] as const;

/** When an entry was accepted: two numbers, to be compared as a row. */
const accepted = (of: string) => `(coalesce(${of}.batch_id, ${of}.call, 0), coalesce(${of}.line, 0))`;
/** What states neither version nor time is said once more by every line that says it. */
const saidAgain = `case when version is null and timing <> 'stated' then ${accepted('t')} end`;
/** A version without a time is repeated at another instant, though not after a restore. */
const instantNamed = `case when version is null or timing <> 'accepted' then at end,
  case when version is not null and timing = 'accepted' then (
    select count(*) from source_record r join system_restore s using (system_id) where r.record_id = t.record_id and s.restored_at <= t.at) end`;

/** The timelines of source records: all that was said, heard, offered and acknowledged. Entries are only ever added. */
@Injectable()
export class TimelinesStore {
  /** Begins the timelines of new records. */
  async begin(tx: Tx, filings: readonly Filing[], filedAt: number): Promise<void> {
    const rows = filings.map((filing, index) => asRow(filing, index));
    await tx.copy(
      'record_entry',
      [
        'record_id',
        'kind',
        'version',
        'at',
        'content',
        'native',
        'event_id',
        'batch_id',
        'line',
        'run_id',
        'delivery_id',
        'base',
        'refused',
        'said_at',
        'timing',
        'call',
        'hold_id',
        'counts_from',
        'filed_at',
      ],
      rows.map((row) => [...copied.map((name) => row[name]), new Date(filedAt)]),
    );
  }

  /**
   * Files what is new and returns for each filing whether it was: a repeat is superseded. One that was accepted before what it repeats is
   * filed as well, since the first acceptance counts.
   */
  async file(tx: Tx, filings: readonly Filing[], filedAt: number): Promise<boolean[]> {
    if (filings.length === 0) return [];
    const rows = filings.map((filing, index) => asRow(filing, index));
    const filed = await tx.query<{ seq: number }>(
      `with arrived as (
         select * from unnest($1::bigint[], $2::text[], $3::bigint[], $4::timestamptz[], $5::uuid[], $6::text[], $7::text[],
                              $8::bigint[], $9::int[], $10::bigint[], $11::uuid[], $12::text[], $13::text[], $14::timestamptz[], $15::text[], $16::bigint[],
                              $17::bigint[], $18::timestamptz[], $19::int[])
           as t(record_id, kind, version, at, content, native, event_id, batch_id, line, run_id, delivery_id, base, refused, said_at, timing, call,
                hold_id, counts_from, seq)
       ), fresh as (
         select distinct on (record_id, version, ${instantNamed}, content, kind, delivery_id, ${saidAgain}) * from arrived t
         where not exists (
           select 1 from record_entry e
           where e.record_id = t.record_id and e.version is not distinct from t.version and e.content = t.content
             and (e.at = t.at or (t.version is not null and t.timing = 'accepted' and not exists (
               select 1 from source_record r join system_restore s using (system_id) where r.record_id = t.record_id
                 and s.restored_at > least(e.at, t.at) and s.restored_at <= greatest(e.at, t.at))
               and not exists (
                 select 1 from record_entry x join hold h using (hold_id)
                 where x.record_id = t.record_id and (h.answer in ('drift', 'anew') or h.set_back_to is not null) and x.counts_from > least(e.at, t.at) and x.counts_from <= greatest(e.at, t.at))))
             and (t.version is not null or t.timing = 'stated' or (e.batch_id, e.line) is not distinct from (t.batch_id, t.line))
             and ((e.kind = t.kind and e.delivery_id is not distinct from t.delivery_id) or (t.kind in ('push', 'heard') and e.kind in ('push', 'heard', 'receipt')))
             and (e.kind = 'receipt' or ${accepted('e')} <= ${accepted('t')}))
           and not exists (
             select 1 from record_entry e
             where e.record_id = t.record_id and e.version is null and e.event_id = t.event_id and e.kind = t.kind and e.content = t.content
               and ${accepted('e')} <= ${accepted('t')})
         order by record_id, version, ${instantNamed}, content, kind, delivery_id, ${saidAgain}, ${accepted('t')}, seq
       ), filed as (
         insert into record_entry (record_id, kind, version, at, content, native, event_id, filed_at, batch_id, line, run_id,
                                   delivery_id, base, refused, said_at, timing, call, hold_id, counts_from)
         select record_id, kind, version, at, content, native, event_id, $20, batch_id, line, run_id, delivery_id, base, refused, said_at, timing, call,
           hold_id, counts_from
         from fresh order by seq
         on conflict do nothing
       )
       select seq from fresh`,
      [...columns(rows, [...copied, 'seq']), new Date(filedAt)],
    );
    const fresh = new Set(filed.map((row) => row.seq));
    return filings.map((_, index) => fresh.has(index));
  }

  /** `filedBefore`: only what was filed by then. `asIf`: numbers of entries that are read as if they were taken back. */
  async read(
    tx: Tx,
    recordIds: readonly number[],
    { filedBefore = null, asIf = none }: { filedBefore?: number | null; asIf?: ReadonlySet<number> | undefined } = {},
  ): Promise<Map<number, Entry[]>> {
    if (recordIds.length === 0) return new Map();
    const rows = await tx.query<Row>(
      `select e.record_id, e.kind, e.version, e.at, e.content, e.native, e.event_id, e.delivery_id, e.base, e.refused, e.said_at,
         e.timing, e.call, e.batch_id, e.line, e.hold_id, e.counts_from, e.taken_back, e.entry_id, e.filed_at,
         case when e.hold_id is not null then (
           select json_build_object('answer', h.answer, 'setBackTo', (extract(epoch from h.set_back_to) * 1000)::bigint,
             'restoredAt', (extract(epoch from h.restored_at) * 1000)::bigint)
           from hold h where h.hold_id = e.hold_id) end as hold
       from unnest($1::bigint[]) as wanted(id) join record_entry e on e.record_id = wanted.id
         and ($2::timestamptz is null or e.filed_at < $2)
       order by e.record_id, e.entry_id`,
      [recordIds, filedBefore === null ? null : new Date(filedBefore)],
    );
    const timelines = new Map<number, Entry[]>(recordIds.map((id) => [id, []]));
    for (const row of rows) timelines.get(row.record_id)!.push(asEntry(row, asIf));
    return timelines;
  }

  /** Those of the rows of whose record an earlier line of their body told. */
  async toldBefore<Row extends { batchId: number | null; line: number }>(
    tx: Tx,
    rows: readonly Row[],
    recordOf: (row: Row) => number,
  ): Promise<Set<Row>> {
    if (rows.length === 0) return new Set();
    const found = await tx.query<{ place: number }>(
      `select t.place from unnest($1::bigint[], $2::bigint[], $3::int[]) with ordinality as t(record_id, batch_id, line, place)
       where exists (select 1 from record_entry e where e.record_id = t.record_id and e.batch_id = t.batch_id and e.line < t.line)`,
      [rows.map(recordOf), ...columns(rows, ['batchId', 'line'])],
    );
    return new Set(found.map(({ place }) => rows[place - 1]!));
  }

  /** A number among those of the batches, for what is accepted now otherwise than as a batch: by listing a system, in an answer of it. */
  async nextCall(tx: Tx): Promise<number> {
    const [next] = await tx.query<{ call: number }>(
      `select nextval(pg_get_serial_sequence('inbox_batch', 'batch_id')) as call`,
    );
    return next!.call;
  }

  /**
   * The whole rows that gave way to another of their version with other content, where one of the two is among these filings and their
   * system was not set back between. A row that was outranked before is among them again when a third one comes.
   */
  async outranked(tx: Tx, systemId: number, filings: readonly Filing[]): Promise<OutrankedRow[]> {
    const rows = filings.flatMap(({ recordId, entry: { version, content }, entry, hold }) =>
      version === null || hold || !isWhole(entry) ? [] : [{ recordId, version, content }],
    );
    if (rows.length === 0) return [];
    const disputed = await tx.query<{ recordId: number; version: number }>(
      `select distinct t.record_id as "recordId", t.version
       from unnest($1::bigint[], $2::bigint[], $3::uuid[]) as t(record_id, version, content)
       join record_entry e on e.record_id = t.record_id and e.version = t.version and e.content <> t.content
         and e.kind in ('push', 'heard', 'receipt') and e.hold_id is null`,
      columns(rows, ['recordId', 'version', 'content']),
    );
    if (disputed.length === 0) return [];
    const rivals = await tx.query<Row & OutrankedRow & { epoch: number }>(
      `select e.record_id as "recordId", e.batch_id as "batchId", e.run_id as "runId", e.*, null as native,
         (select count(*)::int from system_restore s where s.system_id = $3 and s.restored_at <= e.at) as epoch
       from unnest($1::bigint[], $2::bigint[]) as t(record_id, version)
       join record_entry e on e.record_id = t.record_id and e.version = t.version and e.kind in ('push', 'heard', 'receipt') and e.hold_id is null
       order by e.entry_id`,
      [...columns(disputed, ['recordId', 'version']), systemId],
    );
    const byPlace = Map.groupBy(rivals, ({ recordId, version, epoch }) => `${recordId} ${version} ${epoch}`);
    return [...byPlace.values()].flatMap((rows) => {
      const entries = rows.map((row) => asEntry({ ...row, native: '{}' }));
      const [counts] = new Order([]).of(entries);
      return rows
        .filter((_, index) => entries[index]!.content !== counts!.content)
        .map(({ recordId, version, batchId, line, runId }) => ({ recordId, version, batchId, line, runId }));
    });
  }
}

/** For each filing of new records whether it is the first of its kind: an exact duplicate is superseded. */
export function firstOnes(filings: readonly Filing[]): boolean[] {
  const names = new Set<string>();
  return filings.map(({ recordId, entry }) => {
    const delivery = entry.kind === 'receipt' ? entry.deliveryId : '';
    const { call, line } = (entry.version === null && entry.timing !== 'stated' && entry.acceptance) || {
      call: 0,
      line: 0,
    };
    const { version, timing, content } = entry;
    const position = version !== null && timing === 'accepted' ? `${version} ${content}` : positionOf(entry);
    const name = `${recordId} ${entry.kind} ${delivery} ${position} ${call} ${line}`;
    return !names.has(name) && names.add(name) !== undefined;
  });
}

function asRow({ recordId, entry, origin, hold }: Filing, seq: number) {
  return {
    holdId: hold?.holdId ?? null,
    countsFrom: typeof hold?.countsFrom === 'number' ? new Date(hold.countsFrom) : null,
    ...origin,
    recordId,
    seq,
    kind: entry.kind,
    version: entry.version,
    at: new Date(entry.at),
    content: entry.content,
    native: JSON.stringify(entry.kind === 'offer' ? entry.carried : entry.native),
    eventId: entry.kind === 'increment' || isNamedByEvent(entry) ? entry.eventId! : null,
    deliveryId: entry.kind === 'offer' || entry.kind === 'receipt' ? entry.deliveryId : null,
    base: entry.kind === 'offer' ? entry.base : null,
    refused: entry.kind === 'receipt' ? JSON.stringify(entry.refused) : null,
    saidAt: 'saidAt' in entry && typeof entry.saidAt === 'number' ? new Date(entry.saidAt) : null,
    timing: entry.timing ?? 'stated',
    // The number of a batch is that of its call.
    call: origin.batchId === null ? (entry.acceptance?.call ?? null) : null,
  };
}

/** Where neither version nor time does, the event tells whether the same is said again. */
function isNamedByEvent({ version, timing, eventId }: Entry): boolean {
  return version === null && timing === 'accepted' && eventId != null;
}

function acceptanceOf({ call, batch_id, line }: Row) {
  const number = batch_id ?? call;
  return number === null ? {} : { acceptance: { call: number, line: line ?? 0 } };
}

function holdOf({ kind, hold, hold_id, counts_from }: Row): { hold?: EntryHold; takenBack?: true } {
  if (!hold) return {};
  const begins = counts_from === null ? {} : { restart: counts_from.getTime() };
  const { answer, setBackTo, restoredAt } = hold;
  switch (answer) {
    case null:
      return { hold: { standing: 'held' } };
    case 'restored': {
      const epoch = setBackTo === null || restoredAt === null ? {} : { epoch: { setBackTo, restoredAt } };
      // A row that was read is read again, and is then what it is to a system that was set back.
      return { hold: { standing: kind === 'heard' ? 'thrown-back' : 'let-in', ...epoch } };
    }
    case 'drift':
      return { hold: { standing: 'thrown-back', ...begins } };
    case 'let-in':
      return { hold: { standing: 'let-in' } };
    case 'thrown-back':
      // Its system goes on to hold it, and the next refresh writes over it.
      return { hold: { standing: 'let-in' }, takenBack: true };
    case 'settled':
      return { hold: { standing: 'thrown-back' } };
    case 'same-person':
      return { hold: { standing: 'let-in', person: { is: 'same' } } };
    case 'somebody-else':
      return { hold: { standing: 'let-in', person: { is: 'other', holdId: hold_id! } } };
    case 'anew':
      return { hold: { standing: 'let-in', ...begins } };
  }
}

const none: ReadonlySet<number> = new Set();

function asEntry(row: Row, asIf = none): Entry {
  const native = JSON.parse(row.native);
  const common = {
    version: row.version,
    at: row.at.getTime(),
    content: row.content.replaceAll('-', ''),
    timing: row.timing ?? 'stated',
    filedAt: row.filed_at.getTime(),
    eventId: row.event_id,
    ...acceptanceOf(row),
    ...holdOf(row),
    ...((row.taken_back !== null || asIf.has(row.entry_id)) && { takenBack: true as const }),
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
  if (row.kind === 'increment')
    return { ...common, kind: 'increment', version: row.version!, eventId: row.event_id!, native };
  if (row.kind === 'push' || row.kind === 'heard')
    return { ...common, kind: row.kind, native, saidAt: row.said_at?.getTime() ?? null };
  return { ...common, kind: row.kind, native };
}
