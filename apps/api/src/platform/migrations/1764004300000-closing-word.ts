import type { MigrationInterface, QueryRunner } from 'typeorm';

const statements = `
-- What the closing word is made of, as JSON; null of runs that closed before it was kept.
alter table refresh_run add column proof text;
-- When the last listing began: what the run proves is as of then.
alter table refresh_run add column listed_at timestamptz;


-- What runs set out to write and what came of it, counted once more: the figures of one run contradicted each other.
update refresh_run r set counts = (r.counts::jsonb || to_jsonb(i))::text
from (select run_id, count(*) filter (where kind = 'create') as create, count(*) filter (where kind = 'change') as change,
        count(*) filter (where outcome = 'stored') as applied, count(*) filter (where outcome = 'parked') as parked,
        count(*) filter (where outcome = 'failed') as failed, count(*) filter (where outcome = 'mismatch') as overtaken,
        0 as withdrawn
      from refresh_item where kind in ('create', 'change') group by run_id) i
where i.run_id = r.run_id;

-- Rows of a listing that could not be read and of which the hub knows no record: nothing of them was compared.
create table refresh_unread (
  run_id bigint not null references refresh_run,
  listing int not null,
  source_key text not null,
  primary key (run_id, listing, source_key)
);

alter table refresh_item drop constraint refresh_item_kind_check;
alter table refresh_item add constraint refresh_item_kind_check check (kind in
  ('create', 'change', 'waiting', 'missing', 'surplus', 'withheld', 'doubled', 'held', 'parked', 'inexpressible',
   'not-compared'));
alter table refresh_item drop constraint refresh_item_outcome_check;
alter table refresh_item add constraint refresh_item_outcome_check check (outcome in
  ('planned', 'sent', 'stored', 'parked', 'mismatch', 'failed', 'withdrawn', 'exception'));
`;

export class ClosingWord1764004300000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(statements);
  }

  async down(): Promise<void> {
    throw new Error('Migrations go forward only: restore a backup instead.');
  }
}
