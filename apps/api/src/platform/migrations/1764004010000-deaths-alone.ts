import type { MigrationInterface, QueryRunner } from 'typeorm';

const statements = `
alter table work_under_way
  -- Whose note it is: another process has nothing to take back of it.
  add column process text not null default '',
  -- It is tried while no other piece under suspicion is.
  add column alone boolean not null default false,
  -- The hub died while it was under way, and it has not been done since.
  add column suspect boolean not null default false,
  add column done_at timestamptz;
-- They were counted whatever else was under way.
update work_under_way set deaths = 0, suspect = open or deaths > 0;
`;

export class DeathsAlone1764004010000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(statements);
  }

  async down(): Promise<void> {
    throw new Error('Migrations go forward only: restore a backup instead.');
  }
}
