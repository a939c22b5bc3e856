import type { MigrationInterface, QueryRunner } from 'typeorm';

const statements = `
-- When a system was set back. The epoch of an entry follows from its time, so entries and their positions do not name it.
create table system_restore (
  system_id smallint not null references system,
  set_back_to timestamptz not null,
  restored_at timestamptz not null,
  noted_by text not null,
  noted_at timestamptz not null,
  primary key (system_id, restored_at)
);
alter table system drop column epoch;
alter table system add column scope text;
update system set scope = json_build_object('create', create_scope, 'keep', 'everybody')::text;
alter table system alter column scope set not null;
alter table system drop column create_scope;

drop index record_entry_once;
alter table record_entry drop column epoch;
alter table record_entry add column event_id text;
alter table record_entry drop constraint record_entry_kind_check;
alter table record_entry add constraint record_entry_kind_check
  check (kind in ('push', 'heard', 'patch', 'increment', 'delete', 'offer', 'receipt'));
create unique index record_entry_once on record_entry (record_id, version, at, content, kind, delivery_id) nulls not distinct;
update record_entry set base = regexp_replace(base, '^\\d+\\.', '') where base is not null;

alter table source_record add column whole_version bigint;
alter table source_record add column deleted text;
alter table source_record add column delivered text not null default '{}';
alter table source_record add column moves text not null default '{}';
-- The head at which a steward confirmed that the record is gone: it counts as deleted until the system tells of it again.
alter table source_record add column confirmed_gone text;
alter table source_record add column excluded boolean not null default false;
create index source_record_followers on source_record (founded_by) where founded_by is not null;

-- Patches and increments that came before the row that they change.
create table waiting_part (
  waiting_id bigint generated always as identity primary key,
  system_id smallint not null references system,
  source_key text collate "C" not null,
  batch_id bigint not null references inbox_batch,
  arrival text not null
);
create index waiting_part_key on waiting_part (system_id, source_key);
alter table error_entry add column resolved_at timestamptz;
create index error_entry_key on error_entry (system_id, source_key) where resolved_at is null;

create table rules (
  version int primary key,
  document text not null,
  reason text not null,
  published_by text not null,
  published_at timestamptz not null,
  -- How far the customers have been worked out again by these rules; done when all were.
  applied_up_to bigint not null default 0,
  applied_at timestamptz
);

alter table decision drop constraint decision_kind_check;
alter table decision add constraint decision_kind_check check (kind in
  ('choice', 'pin', 'answer', 'reconsider', 'link', 'not-same', 'exclude', 'confirm-deleted', 'reopen'));
alter table decision add column body text;
update decision set body = json_build_object(
  'attribute', attribute,
  'chosen', regexp_replace(chosen, '@\\d+\\.', '@'),
  'basis', (select json_agg(regexp_replace(id, '@\\d+\\.', '@')) from unnest(basis) as id))::text;
alter table decision alter column body set not null;
alter table decision alter column conflict_id drop not null;
alter table decision drop column attribute, drop column chosen, drop column basis;

alter table conflict add column cause text not null default 'concurrent' check (cause in ('concurrent', 'asked', 'pins'));

create table change_request (
  request_id bigint generated always as identity primary key,
  customer_id bigint not null,
  attribute text not null,
  assertion text not null,
  system text not null,
  owner text not null,
  value text not null,
  base text not null,
  said_at timestamptz not null,
  state text not null check (state in ('open', 'accepted', 'refused', 'lapsed', 'done')),
  opened_at timestamptz not null,
  closed_at timestamptz
);
create unique index change_request_open on change_request (customer_id, attribute, assertion) where closed_at is null;
create index change_request_customer on change_request (customer_id);

alter table golden add column requests text not null default '[]';
alter table golden add column recheck_at timestamptz;
create index golden_recheck on golden (recheck_at) where recheck_at is not null;

-- Weaker than a match key: two customers that share one may be the same.
create table review_key (
  key bigint not null,
  record_id bigint not null,
  primary key (key, record_id)
);
create index review_key_record on review_key (record_id);

alter table refresh_item drop constraint refresh_item_kind_check;
alter table refresh_item add constraint refresh_item_kind_check
  check (kind in ('create', 'change', 'missing', 'inexpressible', 'parked', 'surplus', 'withheld'));

-- Every record is derived anew: what is known of it has new parts.
update system set derived_version = null;
update source_record set mapping_version = null;
`;

export class Facts1764000200000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(statements);
  }

  async down(): Promise<void> {
    throw new Error('Migrations go forward only: restore a backup instead.');
  }
}
