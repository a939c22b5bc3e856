import type { MigrationInterface, QueryRunner } from 'typeorm';

const statements = `
-- How often a system that asks for its own views was answered, by day of UTC.
create table own_view_day (
  system_id smallint not null references system,
  day date not null,
  answered bigint not null check (answered >= 0),
  unanswered bigint not null check (unanswered >= 0),
  primary key (system_id, day)
);
`;

export class OwnViewDays1764005791000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(statements);
  }

  async down(): Promise<void> {
    throw new Error('Migrations go forward only: restore a backup instead.');
  }
}
