import type { MigrationInterface, QueryRunner } from 'typeorm';

const statements = `
-- Since when what the system tells counts whatever it changes of others' customers; null: it is new, and a person looks first.
alter table system add column masters_at timestamptz;
update system set masters_at = now();

alter table hold drop constraint hold_reason_check;
alter table hold add constraint hold_reason_check check (reason in ('restore', 'changed-much', 'newcomer'));
-- All that a new system would change of others is one question.
create unique index hold_newcomer on hold (system_id) where reason = 'newcomer' and answered_at is null;
`;

export class Newcomers1764005100000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(statements);
  }

  async down(): Promise<void> {
    throw new Error('Migrations go forward only: restore a backup instead.');
  }
}
