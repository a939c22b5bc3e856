import type { MigrationInterface, QueryRunner } from 'typeorm';

const statements = `
-- News that changed a value which had stood, and was let through: counted against the limits of what comes in.
create table inbound_change (
  system_id smallint not null references system,
  -- An attribute or a list of items; \`kind\`; \`end\` of a record that its system deleted.
  subject text not null,
  record_id bigint not null,
  -- Where the news stands among those of its record.
  batch_id bigint,
  line int,
  run_id bigint,
  told_at timestamptz not null
);
create index inbound_change_window on inbound_change (system_id, subject, told_at);
create index inbound_change_age on inbound_change (told_at);

alter table hold drop constraint hold_reason_check;
alter table hold add constraint hold_reason_check check (reason in ('restore', 'changed-much'));
alter table hold drop constraint hold_answer_check;
alter table hold add constraint hold_answer_check check (answer in ('restored', 'drift', 'anew', 'let-in', 'thrown-back'));
-- All news of a system that changes too much is one question.
create unique index hold_changed_much on hold (system_id) where reason = 'changed-much' and answered_at is null;
`;

export class InwardBrake1764004610000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(statements);
  }

  async down(): Promise<void> {
    throw new Error('Migrations go forward only: restore a backup instead.');
  }
}
