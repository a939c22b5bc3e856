import type { MigrationInterface, QueryRunner } from 'typeorm';

const statements = `
create table load (
  load_id bigint generated always as identity primary key,
  system_id smallint not null references system,
  as_of timestamptz not null,
  state text not null check (state in ('open', 'completing', 'to-accept', 'swept', 'unswept', 'aborted')),
  why text[] not null default '{}',
  expected bigint,
  flagged int not null default 0,
  opened_at timestamptz not null,
  allowed_by text,
  closed_at timestamptz
);
-- One at a time: what the later one shows must not be flagged by the earlier one.
create unique index load_open on load (system_id) where state in ('open', 'completing');
create index load_system on load (system_id, load_id);

-- The generation: which records a load has shown. Only ever added to, and emptied after the sweep.
create table load_seen (
  load_id bigint not null,
  record_id bigint not null,
  primary key (load_id, record_id)
);
-- Keys that could be read in rejected lines: their records are there.
create table load_rejected_key (
  load_id bigint not null,
  source_key text collate "C" not null,
  primary key (load_id, source_key)
);

alter table inbox_batch add column load_id bigint;
alter table inbox_chunk add column load_id bigint;
create index inbox_batch_load on inbox_batch (load_id) where load_id is not null;

-- The load that did not show the record. It changes nothing but what people see: an old record is live.
alter table source_record add column old_in_load bigint;
alter table source_record add column old_since timestamptz;
create index source_record_old on source_record (system_id, record_id) where old_in_load is not null;

-- When the row itself says that it was changed, where it is filed at the instant of its load.
alter table record_entry add column said_at timestamptz;

alter table system add column inbound text not null default 'on' check (inbound in ('on', 'paused'));
`;

export class Loads1764000500000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(statements);
  }

  async down(): Promise<void> {
    throw new Error('Migrations go forward only: restore a backup instead.');
  }
}
