import type { MigrationInterface, QueryRunner } from 'typeorm';

const statements = `
-- The process on duty, one row, and how often it has said that it still works: a process that is frozen holds its lock and says nothing.
create table heartbeat (
  only_one boolean primary key default true check (only_one),
  -- As its connections are named.
  process text not null,
  epoch bigint not null,
  beats bigint not null,
  beat_at timestamptz not null
);
-- Written and taken back to see whether a push could be stored: it stays empty.
create table push_probe (at timestamptz not null);
`;

export class Heartbeat1764003600000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(statements);
  }

  async down(): Promise<void> {
    throw new Error('Migrations go forward only: restore a backup instead.');
  }
}
