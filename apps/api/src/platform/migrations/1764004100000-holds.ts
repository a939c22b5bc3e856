import type { MigrationInterface, QueryRunner } from 'typeorm';

const statements = `
-- What was told and does not count until a person has said what it means: one question each.
create table hold (
  hold_id bigint generated always as identity primary key,
  system_id smallint not null references system,
  -- What kind of question it is.
  reason text not null check (reason in ('restore')),
  -- What was seen, and the parameters of the sentence that tells it.
  seen text not null,
  -- Of the whole system: nothing is sent to it, and what it sends waits.
  is_whole boolean not null default false,
  opened_at timestamptz not null,
  answer text check (answer in ('restored', 'drift', 'anew')),
  answered_by text,
  answered_at timestamptz,
  constraint answered_by_somebody check (num_nulls(answer, answered_by, answered_at) in (0, 3))
);
create index hold_open on hold (system_id) where answered_at is null;

-- The hold that an entry stands in, and the instant from which its record's versions begin anew with it, if the answer says so.
alter table record_entry add column hold_id bigint references hold;
alter table record_entry add column counts_from timestamptz;
create index record_entry_held on record_entry (hold_id) where hold_id is not null;

-- The open hold of a record: whatever its system tells of it joins that, and nothing is written to its row.
alter table source_record add column hold_id bigint references hold;
create index source_record_held on source_record (hold_id) where hold_id is not null;

alter table refresh_item drop constraint refresh_item_kind_check;
alter table refresh_item add constraint refresh_item_kind_check
  check (kind in ('create', 'change', 'missing', 'inexpressible', 'parked', 'surplus', 'withheld', 'doubled', 'held'));
`;

export class Holds1764004100000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(statements);
  }

  async down(): Promise<void> {
    throw new Error('Migrations go forward only: restore a backup instead.');
  }
}
