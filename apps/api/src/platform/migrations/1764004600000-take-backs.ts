import type { MigrationInterface, QueryRunner } from 'typeorm';

const statements = `
alter table decision drop constraint decision_kind_check;
alter table decision add constraint decision_kind_check check (kind in
  ('choice', 'pin', 'answer', 'reconsider', 'link', 'not-same', 'exclude', 'confirm-deleted', 'reopen', 'take-back'));

-- What a system told that a person took back: all of a batch, a load or a run, or of a stretch of time.
create table take_back (
  decision_id bigint primary key references decision,
  system_id smallint not null references system,
  batch_id bigint,
  load_id bigint,
  run_id bigint,
  from_at timestamptz,
  to_at timestamptz,
  -- How far the records have been worked out again as the decision, or its undoing, has it; done when all were.
  up_to bigint not null default 0,
  done_at timestamptz,
  constraint one_thing check (num_nonnulls(batch_id, load_id, run_id, from_at) = 1 and num_nulls(from_at, to_at) in (0, 2))
);
create index take_back_under_way on take_back (decision_id) where done_at is null;

-- The decision that took back what the entry says.
alter table record_entry add column taken_back bigint;
create index record_entry_taken_back on record_entry (taken_back) where taken_back is not null;
`;

export class TakeBacks1764004600000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(statements);
  }

  async down(): Promise<void> {
    throw new Error('Migrations go forward only: restore a backup instead.');
  }
}
