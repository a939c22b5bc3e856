import type pg from 'pg';

export interface Table {
  name: string;
  /** In the order in which rows are written; what the database computes by itself is not among them. */
  columns: string[];
}

/**
 * What lies in the database and is not the hub's state: which migrations ran stands in the header, and what time it is a clock tells. A session that was ended and a link
 * that was used must not come to life again, so people log in anew, and are sent new links.
 */
const leftOut = ['migrations', 'login_session', 'account_link', 'time_seen'];

/** The tables of the hub, each after those that it refers to, unless the database can be told to ask for that only at the end. */
export async function tablesOf(client: pg.ClientBase): Promise<Table[]> {
  const { rows: tables } = await client.query<Table & { refers: string[] }>(
    `select c.relname as name,
       array(select a.attname::text from pg_attribute a where a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
             and a.attgenerated = '' order by a.attnum) as columns,
       array(select f.relname::text from pg_constraint k join pg_class f on f.oid = k.confrelid
             where k.conrelid = c.oid and k.contype = 'f' and not k.condeferrable and f.oid <> c.oid) as refers
     from pg_class c where c.relkind = 'r' and c.relnamespace = 'public'::regnamespace and c.relname <> all($1)
     order by c.relname`,
    [leftOut],
  );
  const ordered: Table[] = [];
  const placed = new Set<string>();
  while (ordered.length < tables.length) {
    const next = tables.filter(({ name, refers }) => !placed.has(name) && refers.every((other) => placed.has(other)));
    if (next.length === 0) throw new Error('The tables refer to each other in a circle: no order restores them.');
    for (const { name, columns } of next) {
      ordered.push({ name, columns });
      placed.add(name);
    }
  }
  return ordered;
}

export interface Sequence {
  name: string;
  /** Null: it has not given out any number yet. */
  last: string | null;
}

/** As text: a number of 64 bits need not fit into one of JavaScript. */
export async function sequencesOf(client: pg.ClientBase): Promise<Sequence[]> {
  const { rows } = await client.query<Sequence>(
    `select sequencename as name, last_value::text as last from pg_sequences where schemaname = 'public'
       and sequencename <> 'migrations_id_seq' order by 1`,
  );
  return rows;
}
