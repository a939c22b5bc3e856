import type { MigrationInterface, QueryRunner } from 'typeorm';

const statements = `
-- How far work on all records has come: written beside the one commit of the work, for others to see before it ends.
create table match_progress (
  work text primary key,
  version int not null,
  step text not null,
  done bigint not null,
  of bigint not null,
  at timestamptz not null
);
`;

export class MatchProgress1764002200000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(statements);
  }

  async down(): Promise<void> {
    throw new Error('Migrations go forward only: restore a backup instead.');
  }
}
