import type { MigrationInterface, QueryRunner } from 'typeorm';

const statements = `
-- When a system is refreshed without anybody asking, as JSON with whether the plan is applied; null: never.
alter table system add column schedule text;
alter table system add column schedule_since timestamptz;
alter table system add column schedule_due timestamptz;

-- One row for each instant that was due, so that it is due once: what was started then, or why nothing was.
create table scheduled_run (
  system_id smallint not null references system,
  due_at timestamptz not null,
  taken_at timestamptz not null,
  run_id bigint references refresh_run,
  skipped text,
  primary key (system_id, due_at)
);
`;

export class Schedules1764002000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(statements);
  }

  async down(): Promise<void> {
    throw new Error('Migrations go forward only: restore a backup instead.');
  }
}
