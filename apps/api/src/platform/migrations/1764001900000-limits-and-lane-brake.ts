import type { MigrationInterface, QueryRunner } from 'typeorm';

const statements = `
-- Limits that an admin set in place of the defaults, as JSON.
alter table system add column limits text not null default '{}';
-- Why the lane has paused itself, as JSON; null: it has not.
alter table system add column lane_braked text;

-- What went to a system between refreshes, minute by minute of the last hour: by this the lane brakes itself, also after a restart.
create table lane_sent (
  system_id smallint not null references system,
  minute timestamptz not null,
  n int not null,
  primary key (system_id, minute)
);
`;

export class LimitsAndLaneBrake1764001900000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(statements);
  }

  async down(): Promise<void> {
    throw new Error('Migrations go forward only: restore a backup instead.');
  }
}
