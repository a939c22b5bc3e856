import type { MigrationInterface, QueryRunner } from 'typeorm';

const statements = `
-- The latest instant that any process of the hub has seen: with the clock set back, what has ended stays ended.
create table time_seen (
  is_only boolean primary key default true check (is_only),
  at timestamptz not null
);
`;

export class TimeSeen1764003510000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(statements);
  }

  async down(): Promise<void> {
    throw new Error('Migrations go forward only: restore a backup instead.');
  }
}
