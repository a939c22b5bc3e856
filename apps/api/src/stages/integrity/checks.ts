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

const isMade = (record: string) => `${record}.origin = 'hub' and ${record}.state = 'live' and not ${record}.excluded
  and ${record}.deleted is null and (${record}.confirmed_gone = ${record}.head_position) is not true`;

const isOpenCreate = (item: string, run: string) =>
  `${item}.kind = 'create' and ${item}.outcome in ('planned', 'sent') and ${run}.phase <> 'planned'`;

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
  {
    name: 'pending-once',
    says: 'At most one record is to be made for a customer in a system.',
    over: { table: 'source_record', id: 'record_id' },
    sql: `select r.record_id as subject from source_record r where r.record_id > $1 and r.record_id <= $2
      and r.state = 'pending' and not r.withdrawn
      and exists (select 1 from source_record o where o.customer_id = r.customer_id and o.system_id = r.system_id
                  and o.state = 'pending' and not o.withdrawn and o.record_id < r.record_id)`,
  },
  {
    name: 'create-open-once',
    says: 'A customer has at most one open create in a system, whichever run it stands in.',
    over: { table: 'refresh_run', id: 'run_id' },
    sql: `select distinct i.run_id as subject from refresh_run r join refresh_item i using (run_id)
      where r.run_id > $1 and r.run_id <= $2 and ${isOpenCreate('i', 'r')}
      and exists (select 1 from refresh_item o join refresh_run s using (run_id)
                  where o.customer_id = i.customer_id and s.system_id = r.system_id and ${isOpenCreate('o', 's')}
                  and (o.run_id, o.seq) <> (i.run_id, i.seq))`,
  },
  {
    name: 'run-adds-up',
    says: 'What a run set out to write is applied, parked, failed, overtaken, withdrawn or open, and counted as its items tell.',
    over: { table: 'refresh_run', id: 'run_id' },
    sql: `select r.run_id as subject from refresh_run r, json_to_record(r.counts::json) as c("create" int, change int, applied int,
        parked int, failed int, overtaken int, withdrawn int),
      lateral (select count(*) filter (where kind = 'create') as made, count(*) filter (where kind = 'change') as changed,
          count(*) filter (where outcome = 'stored') as applied, count(*) filter (where outcome = 'parked') as parked,
          count(*) filter (where outcome = 'failed') as failed, count(*) filter (where outcome = 'mismatch') as overtaken,
          count(*) filter (where outcome = 'withdrawn') as withdrawn, count(*) filter (where outcome in ('planned', 'sent')) as open
        from refresh_item i where i.run_id = r.run_id and i.kind in ('create', 'change')) i
      where r.run_id > $1 and r.run_id <= $2 and c.withdrawn is not null and r.phase <> 'plan'
        and ((c."create", c.change, c.applied, c.parked, c.failed, c.overtaken, c.withdrawn)
              <> (i.made, i.changed, i.applied, i.parked, i.failed, i.overtaken, i.withdrawn)
          or c."create" + c.change <> c.applied + c.parked + c.failed + c.overtaken + c.withdrawn + i.open)`,
  },
  {
    name: 'made-once',
    says: 'The hub has made one row of a customer in a system; two only where customers that had one each became one.',
    over: { table: 'source_record', id: 'record_id' },
    sql: `select r.record_id as subject from source_record r where r.record_id > $1 and r.record_id <= $2 and ${isMade('r')}
      and exists (select 1 from source_record o where o.customer_id = r.customer_id and o.system_id = r.system_id and ${isMade('o')}
                  and o.record_id < r.record_id and (o.founded_by = r.founded_by) is not false)`,
  },
  {
    name: 'create-answered-once',
    says: 'Of all deliveries that were to make a record, one made it.',
    over: { table: 'source_record', id: 'record_id' },
    sql: `select r.record_id as subject from source_record r
      join record_entry a on a.record_id = r.record_id and a.kind = 'receipt' and a.version is not null
      join record_entry o on o.record_id = r.record_id and o.kind = 'offer' and o.delivery_id = a.delivery_id and o.base is null
      where r.record_id > $1 and r.record_id <= $2 and r.origin = 'hub'
      group by r.record_id having count(distinct a.delivery_id) > 1`,
  },
];

/** The open conflicts; whether their sides still differ only survivorship can tell. */
export const openConflicts: IntegrityCheck = {
  name: 'conflict-differs',
  says: 'The sides of an open conflict still differ.',
  over: { table: 'conflict', id: 'conflict_id' },
  sql: 'select conflict_id as subject from conflict where conflict_id > $1 and conflict_id <= $2 and closed_at is null',
};
