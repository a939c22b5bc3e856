import type { MigrationInterface, QueryRunner } from 'typeorm';

const statements = `
-- Not to be made any more, because its customer has, or is to get, another one there. It may have been made all the same.
alter table source_record add column withdrawn boolean not null default false;

update source_record r set withdrawn = true
from (select p.record_id, row_number() over (
        partition by p.system_id, p.customer_id
        -- An offer without a receipt may have been carried out, also where the run that made it has ended.
        order by not exists (
          select 1 from record_entry o where o.record_id = p.record_id and o.kind = 'offer' and not exists (
            select 1 from record_entry a where a.record_id = p.record_id and a.kind = 'receipt' and a.delivery_id = o.delivery_id)),
          p.record_id) as place
      from source_record p where p.state = 'pending' and p.customer_id is not null) t
where r.record_id = t.record_id and t.place > 1;

-- Deferred: records that change places with each other do so in any order.
alter table source_record add constraint source_record_pending_once
  exclude using btree (system_id with =, customer_id with =) where (state = 'pending' and not withdrawn)
  deferrable initially deferred;

create index source_record_pending on source_record (system_id) where state = 'pending';

-- The system in which this item is its customer's one create; null of a plan that nobody has let go on.
alter table refresh_item add column creates_in smallint references system;

update refresh_item i set outcome = 'failed', code = 'withdrawn'
from source_record r where i.kind = 'create' and i.outcome = 'sent' and r.record_id = i.record_id and r.withdrawn;

with open as (
  select i.run_id, i.seq, r.system_id, row_number() over (
    partition by r.system_id, i.customer_id order by i.outcome = 'sent' desc, i.at, i.run_id, i.seq) as place
  from refresh_item i join refresh_run r using (run_id)
  where i.kind = 'create' and (i.outcome = 'sent' or i.outcome = 'planned' and r.phase in ('standing', 'apply')))
update refresh_item i set creates_in = case when place = 1 then system_id end,
  outcome = case when place = 1 then outcome else 'failed' end, code = case when place = 1 then code else 'withdrawn' end
from open where open.run_id = i.run_id and open.seq = i.seq;

create unique index refresh_item_create_once on refresh_item (creates_in, customer_id)
  where creates_in is not null and outcome in ('planned', 'sent');
create index refresh_item_create on refresh_item (record_id) where kind = 'create';

alter table refresh_item drop constraint refresh_item_kind_check;
alter table refresh_item add constraint refresh_item_kind_check
  check (kind in ('create', 'change', 'missing', 'inexpressible', 'parked', 'surplus', 'withheld', 'doubled'));
`;

export class CreatesOnce1764003100000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(statements);
  }

  async down(): Promise<void> {
    throw new Error('Migrations go forward only: restore a backup instead.');
  }
}
