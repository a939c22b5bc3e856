import { unpackKnown } from '@cinch/canonical-model';
import type pg from 'pg';
import type { Names } from './names.ts';
import { byText, translated } from './translate.ts';

/** One thing of a hub, under a name that it has in every hub. */
export interface Item {
  name: string;
  value: unknown;
}

interface Section {
  name: string;
  /** In the order of the names. */
  read(client: pg.Client, names: Names): AsyncIterable<Item> | Iterable<Item>;
}

const pageSize = 1_000;
type Row = Record<string, string | number | boolean | Date | null>;
type Parsed = (row: Row, names: Names) => unknown;

const json = (text: unknown) => (text === null ? null : (JSON.parse(text as string) as unknown));

/** Read a page at a time; each name has all of its rows as its value. */
function byId(name: string, whose: 'records' | 'customers', sql: string, parsed: Parsed, isSorted = false): Section {
  return {
    name,
    async *read(client, names) {
      const all = [...names[whose]].sort(([, a], [, b]) => (a < b ? -1 : 1));
      for (let from = 0; from < all.length; from += pageSize) {
        const page = all.slice(from, from + pageSize);
        const { rows } = await client.query<Row>(sql, [page.map(([id]) => id)]);
        const found = Map.groupBy(rows, (row) => Number(row['id']));
        for (const [id, name] of page) {
          const values = (found.get(id) ?? []).map((row) => parsed(row, names));
          yield { name, value: isSorted ? values : byText(values) };
        }
      }
    },
  };
}

/** Read at once; rows of one name are one list. */
function together(name: string, sql: string, parsed: (row: Row, names: Names) => Item): Section {
  return {
    name,
    async *read(client, names) {
      const { rows } = await client.query<Row>(sql);
      const items = Map.groupBy(
        rows.map((row) => parsed(row, names)),
        (item) => item.name,
      );
      const all = [...items].map(([name, list]) => ({ name, value: byText(list.map((item) => item.value)) }));
      yield* all.sort((a, b) => (a.name < b.name ? -1 : 1));
    },
  };
}

const records = byId(
  'records',
  'records',
  `select record_id as id, customer_id, origin, state, kind, founded_by, head_version, whole_version, head_at, head_position,
     deleted, confirmed_gone, excluded, old_in_load is not null as old, known from unnest($1::bigint[]) as t(id) join source_record r on r.record_id = t.id`,
  ({ id: _, customer_id, founded_by, head_at, deleted, known, ...row }, names) => ({
    ...(translated(row, names) as object),
    customer: customer_id === null ? null : names.customer(Number(customer_id)),
    follows: founded_by === null ? null : names.record(Number(founded_by)),
    headAt: row['head_position'] && names.isOwn(String(row['head_position'])) ? null : head_at,
    deleted: translated(json(deleted), names),
    ...(translated(unpackKnown(known as string), names) as object),
  }),
);

/** Offers, and receipts that brought no row, are known by the hub's clock and by random delivery ids. */
const timelines = byId(
  'timelines',
  'records',
  // Numbers of calls are ids; which of two was accepted first is part of what they say where neither version nor time tells.
  `select record_id as id, kind, version, at, said_at, timing, content, native, event_id, line, base, refused,
     rank() over (partition by record_id, version, at, kind in ('offer', 'receipt') order by coalesce(batch_id, call), line) as turn
   from unnest($1::bigint[]) as t(id) join record_entry e on e.record_id = t.id`,
  ({ id: _, at, content, native, base, ...row }, names) => {
    const isOwn = row['kind'] === 'offer' || (row['kind'] === 'receipt' && native === 'null');
    const said = row['kind'] === 'offer' ? translated(json(native), names) : native;
    return { ...row, ...(isOwn ? {} : { at, content }), said, base: translated(base, names) };
  },
);

const customers = byId(
  'customers',
  'customers',
  `select c.customer_id as id, c.state, g.kind, g.display, g.attributes, g.held_attributes::text as held, g.requests, g.recheck_at, s.doc,
     (select json_agg(json_build_object('attribute', attribute, 'cause', cause, 'candidates', candidates::json) order by attribute)::text
      from conflict f where f.customer_id = c.customer_id and f.closed_at is null) as conflicts
   from unnest($1::bigint[]) as t(id) join customer c on c.customer_id = t.id
   left join golden g using (customer_id) left join customer_search s using (customer_id)`,
  ({ id: _, attributes, requests, conflicts, ...row }, names) => ({
    ...row,
    attributes: translated(json(attributes), names),
    requests: translated(json(requests), names),
    conflicts: translated(json(conflicts), names),
  }),
);

/** The order in which values came depends on the order of arrival; compare it where that was the same. */
const history = byId(
  'history',
  'customers',
  `select h.customer_id as id, h.cause, h.was, h.became from unnest($1::bigint[]) as t(id)
   join golden_history h on h.customer_id = t.id order by h.customer_id, h.version`,
  ({ cause, was, became }, names) => ({ cause: translated(json(cause), names), was: json(was), became: json(became) }),
  true,
);

const batches = together(
  'batches',
  `select s.code as system, idempotency_key as key, encode(body_hash, 'hex') as hash, n, n_applied as applied,
     n_superseded as superseded, n_error as error, n_rejected as rejected, done_at is not null as done
   from inbox_batch b join system s using (system_id)`,
  ({ system, key, hash, ...value }) => ({ name: `${system} ${key ?? `without a key, of ${hash}`}`, value }),
);

/** What was known of a record when a row of it came depends on the order of arrival: what is said of that is left out. */
const errors = together(
  'errors',
  `select s.code as system, source_key, kind, e.code, path, detail, line, resolution from error_entry e join system s using (system_id)
   where e.code not in ('version-behind', 'version-jump')`,
  ({ system, source_key, ...value }) => ({ name: `${system} ${source_key ?? 'without a key'}`, value }),
);

const decisions = together(
  'decisions',
  `select kind, body, array_to_json(records)::text as records, reason, made_by, undone_by from decision`,
  ({ kind, body, records: about, ...row }, names) => {
    const named = (json(about) as number[]).map((id) => names.record(id)).toSorted();
    return { name: `${kind} of ${named.join(', ')}`, value: { ...row, body: translated(json(body), names) } };
  },
);

const requests = together(
  'change requests',
  'select customer_id, attribute, assertion, system, owner, value, base, state from change_request',
  ({ customer_id, attribute, assertion, ...value }, names) => {
    const asked = translated(assertion, names) as string;
    return { name: `${names.customer(Number(customer_id))}, ${attribute}, by ${asked}`, value };
  },
);

const waiting = together(
  'waiting parts',
  'select s.code as system, source_key, w.line, arrival from waiting_part w join system s using (system_id)',
  ({ system, source_key, line, arrival }) => {
    const { batchId: _, acceptedAt: __, acceptance: ___, ...said } = json(arrival) as Record<string, unknown>;
    return { name: `${system} ${source_key}`, value: { line, said } };
  },
);

const dirty = together(
  'views to deliver',
  'select s.code as system, d.customer_id, d.cause from dirty_view d join system s using (system_id)',
  ({ system, customer_id, cause }, names) => ({
    name: `${system}, ${names.customer(Number(customer_id))}`,
    value: cause,
  }),
);

const loads = together(
  'loads',
  `select s.code as system, l.as_of, l.state, l.expected, l.flagged, array_to_json(l.why)::text as why from load l join system s using (system_id)`,
  ({ system, as_of, why, ...value }) => {
    return { name: `${system} as of ${(as_of as Date).toISOString()}`, value: { ...value, why: json(why) } };
  },
);

const runs = together(
  'refreshes',
  `select s.code as system, r.mode, r.phase, regexp_replace(r.closing, 'as of [^,]*', 'as of then') as closing, r.counts from refresh_run r join system s using (system_id) where r.mode <> 'events'`,
  ({ system, mode, counts, ...value }) => ({ name: `${system} ${mode}`, value: { ...value, counts: json(counts) } }),
);

const deliveries = together(
  'deliveries',
  `select i.record_id, r.mode, i.kind, i.outcome, i.code, i.fields from refresh_item i join refresh_run r using (run_id)
   where i.record_id is not null`,
  ({ record_id, fields, ...value }, names) => ({
    name: names.record(Number(record_id)),
    value: { ...value, fields: translated(json(fields), names) },
  }),
);

export const sections = [
  records,
  timelines,
  customers,
  history,
  batches,
  errors,
  decisions,
  requests,
  waiting,
  dirty,
  loads,
  runs,
  deliveries,
] as const;
