import type { MigrationInterface, QueryRunner } from 'typeorm';

const statements = `
-- A line that was taken stands in a timeline: what is logged of it speaks of a part of it.
alter table error_entry add column kind text check (kind in ('line', 'field', 'note'));
update error_entry set kind = case
  when code in ('version-reused', 'time-ahead') then 'note'
  when code in ('no-base', 'key-differs', 'processing-failed') then 'line'
  when exists (select 1 from record_entry e where e.batch_id = error_entry.batch_id and e.line = error_entry.line)
    or exists (select 1 from record_entry e where e.run_id = error_entry.run_id and e.line = error_entry.line) then 'field'
  else 'line' end;
alter table error_entry alter column kind set not null;
-- What went wrong alike has one cause.
alter table error_entry add column cause uuid not null generated always as
  (md5(system_id::text || ' ' || coalesce(mapping_version::text, '-') || ' ' || kind || ' ' || code || ' ' || path)::uuid) stored;
alter table error_entry add column resolution text check (resolution in ('replayed', 'filed', 'reads-well'));
update error_entry set resolution = 'filed' where resolved_at is not null;
alter table error_entry add constraint error_entry_resolution check ((resolved_at is null) = (resolution is null));

-- A refresh hears the same unreadable row each time.
delete from error_entry e using error_entry first where e.batch_id is null and first.batch_id is null
  and e.system_id = first.system_id and e.source_key is not distinct from first.source_key
  and e.kind = first.kind and e.code = first.code and e.path = first.path and first.error_id < e.error_id;
delete from error_entry e using error_entry first where e.batch_id = first.batch_id and e.line = first.line
  and e.kind = first.kind and (e.kind = 'line' or (e.code = first.code and e.path = first.path)) and first.error_id < e.error_id;
-- Each accepted line that was not taken stands in the log once, and each thing about a line or a heard row as well.
create unique index error_entry_line on error_entry (batch_id, line) where kind = 'line' and batch_id is not null;
create unique index error_entry_part on error_entry (batch_id, line, kind, code, path) where kind <> 'line' and batch_id is not null;
create unique index error_entry_heard on error_entry (system_id, source_key, kind, code, path) nulls not distinct
  where batch_id is null and resolved_at is null;
drop index error_entry_batch;
create index error_entry_batch on error_entry (batch_id, error_id) where batch_id is not null;
create index error_entry_open on error_entry (cause, error_id) where resolved_at is null;
create index error_entry_system on error_entry (system_id, error_id);

create table replay (
  replay_id bigint generated always as identity primary key,
  -- What was asked for, as JSON.
  asked text not null,
  asked_by text not null,
  asked_at timestamptz not null,
  n int not null,
  n_applied int not null default 0,
  n_superseded int not null default 0,
  n_error int not null default 0,
  done_at timestamptz
);
create index replay_open on replay (replay_id) where done_at is null;
-- The replay that last came to the entry, or that will: then it has not been replayed yet.
alter table error_entry add column replay_id bigint references replay;
alter table error_entry add column replayed_at timestamptz;
create index error_entry_replaying on error_entry (replay_id, error_id) where replay_id is not null and replayed_at is null;

alter table waiting_part add column line int;
update waiting_part set line = (arrival::json ->> 'line')::int;
alter table waiting_part alter column line set not null;
create unique index waiting_part_once on waiting_part (batch_id, line);

create index inbox_batch_rejects on inbox_batch (system_id, batch_id) where n_rejected > 0;

-- How far each check of what must always hold has come, and what it found.
create table integrity_check (
  name text primary key,
  -- The identity up to which its present round has come.
  position bigint not null default 0,
  checked_at timestamptz,
  round_at timestamptz
);
create table integrity_fault (
  name text not null,
  subject bigint not null,
  found_at timestamptz not null,
  primary key (name, subject)
);
`;

export class ErrorLog1764000400000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(statements);
  }

  async down(): Promise<void> {
    throw new Error('Migrations go forward only: restore a backup instead.');
  }
}
