import type { MigrationInterface, QueryRunner } from 'typeorm';

const statements = `
-- What somebody has to look at, told once by webhook. Only filled where a webhook is set up.
create table alert (
  alert_id bigint generated always as identity primary key,
  kind text not null,
  -- What it is about, so that one thing is told once.
  subject text not null,
  at timestamptz not null,
  data text not null,
  tries int not null default 0,
  -- Null: told, or given up.
  next_at timestamptz,
  sent_at timestamptz,
  unique (kind, subject)
);
create index alert_due on alert (next_at) where next_at is not null;
`;

export class Alerts1764001210000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(statements);
  }

  async down(): Promise<void> {
    throw new Error('Migrations go forward only: restore a backup instead.');
  }
}
