import type { MigrationInterface, QueryRunner } from 'typeorm';

const statements = `
-- How the values that a system told fared by the rule of their attribute, by day of UTC.
create table standard_day (
  system_id smallint not null references system,
  day date not null,
  attribute text not null,
  passes bigint not null check (passes >= 0),
  doubted bigint not null check (doubted >= 0),
  fails bigint not null check (fails >= 0),
  -- The record of which this was met last. It may be gone by now.
  doubted_record bigint,
  failed_record bigint,
  primary key (system_id, day, attribute)
) with (fillfactor = 50);
`;

export class StandardDays1764005821000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(statements);
  }

  async down(): Promise<void> {
    throw new Error('Migrations go forward only: restore a backup instead.');
  }
}
