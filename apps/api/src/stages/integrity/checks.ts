/** What must hold at every instant, told by the rows that break it. */
export interface IntegrityCheck {
  name: string;
  /** What holds when nothing is found. */
  says: string;
  /** The table and its identity, by which the check goes through it in slices. */
  over: { table: string; id: string };
  /** Finds the identities that break it, above $1 and up to $2. */
  sql: string;
}

const liveMember = `exists (select 1 from source_record r where r.customer_id = c.customer_id and r.state = 'live' and not r.excluded
  and r.deleted is null and r.confirmed_gone is distinct from r.head_position)`;

export const integrityChecks: readonly IntegrityCheck[] = [
  {
    name: 'accepted-in-one-place',
    says: 'The accepted lines of a batch are as many as wait, are in work, applied, superseded or in the error log.',
    over: { table: 'inbox_batch', id: 'batch_id' },
    sql: `select batch_id as subject from inbox_batch where batch_id > $1 and batch_id <= $2
      and (least(n_applied, n_superseded, n_error) < 0
           or case when done_at is null then n < n_applied + n_superseded + n_error else n <> n_applied + n_superseded + n_error end)`,
  },
  {
    name: 'error-logged-once',
    says: 'As many lines of a batch stand open in the error log as are counted there.',
    over: { table: 'inbox_batch', id: 'batch_id' },
    sql: `select b.batch_id as subject from inbox_batch b
      left join (select batch_id, count(*) as open from error_entry
                 where batch_id > $1 and batch_id <= $2 and kind = 'line' and resolved_at is null group by 1) e using (batch_id)
      where b.batch_id > $1 and b.batch_id <= $2 and b.n_error <> coalesce(e.open, 0)`,
  },
  {
    name: 'waiting-part-logged',
    says: 'A part that waits for its row stands open in the error log.',
    over: { table: 'waiting_part', id: 'waiting_id' },
    sql: `select w.waiting_id as subject from waiting_part w where w.waiting_id > $1 and w.waiting_id <= $2
      and not exists (select 1 from error_entry e where e.batch_id = w.batch_id and e.line = w.line and e.kind = 'line'
                      and e.code = 'no-base' and e.resolved_at is null)`,
  },
  {
    name: 'record-has-customer',
    says: 'Every live record belongs to a customer that is there.',
    over: { table: 'source_record', id: 'record_id' },
    sql: `select r.record_id as subject from source_record r where r.record_id > $1 and r.record_id <= $2 and r.state = 'live'
      and not exists (select 1 from customer c where c.customer_id = r.customer_id)`,
  },
  {
    name: 'customer-has-golden',
    says: 'A customer has a golden record exactly while it has a live record.',
    over: { table: 'customer', id: 'customer_id' },
    sql: `select c.customer_id as subject from customer c where c.customer_id > $1 and c.customer_id <= $2
      and ${liveMember} <> exists (select 1 from golden g where g.customer_id = c.customer_id)`,
  },
  {
    name: 'conflict-is-held',
    says: 'The attribute of an open conflict is held by a golden record.',
    over: { table: 'conflict', id: 'conflict_id' },
    sql: `select f.conflict_id as subject from conflict f where f.conflict_id > $1 and f.conflict_id <= $2 and f.closed_at is null
      and not exists (select 1 from golden g where g.customer_id = f.customer_id and f.attribute = any(g.held_attributes))`,
  },
];

/** The open conflicts; whether their sides still differ only survivorship can tell. */
export const openConflicts: IntegrityCheck = {
  name: 'conflict-differs',
  says: 'The sides of an open conflict still differ.',
  over: { table: 'conflict', id: 'conflict_id' },
  sql: 'select conflict_id as subject from conflict where conflict_id > $1 and conflict_id <= $2 and closed_at is null',
};
