import type { MigrationInterface, QueryRunner } from 'typeorm';

const statements = `
-- Customers that changed since the plan of a run began to be made: they are planned again before anything of it is sent.
create table refresh_changed (
  run_id bigint not null references refresh_run,
  customer_id bigint not null,
  primary key (run_id, customer_id)
);
-- The runs for which it is noted: every commit asks for them.
create index refresh_run_watched on refresh_run (run_id) where phase in ('plan', 'planned');
-- The highest record that the plan knows: what began since was not counted by it.
alter table refresh_run add column plan_floor bigint not null default 0;
-- The end of a run asks which of the listed rows are left out: few are.
create index source_record_excluded on source_record (record_id) where excluded;
-- A plan that waits now was not watched: it is made anew.
update refresh_run set phase = 'plan' where phase = 'planned';
`;

export class ChangedSince1764004410000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(statements);
  }

  async down(): Promise<void> {
    throw new Error('Migrations go forward only: restore a backup instead.');
  }
}
