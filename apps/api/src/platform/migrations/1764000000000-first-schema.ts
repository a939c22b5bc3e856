import type { MigrationInterface, QueryRunner } from 'typeorm';

const statements = `
create table system (
  system_id smallint generated always as identity primary key,
  code text not null unique,
  name text not null,
  epoch int not null default 0,
  outbound text not null default 'off' check (outbound in ('off', 'armed')),
  lane text not null default 'off' check (lane in ('off', 'on')),
  create_scope text not null default 'nobody' check (create_scope in ('nobody', 'everybody')),
  adapter_url text,
  adapter_token text,
  mapping_version int,
  derived_version int,
  created_at timestamptz not null default now()
);

create table mapping (
  system_id smallint not null references system,
  version int not null,
  document text not null,
  published_at timestamptz not null,
  published_by text not null,
  primary key (system_id, version)
);

create table system_key (
  key_id int generated always as identity primary key,
  system_id smallint not null references system,
  prefix text not null,
  secret_hash bytea not null unique,
  created_at timestamptz not null default now(),
  revoked_at timestamptz
);

create table inbox_batch (
  batch_id bigint generated always as identity primary key,
  system_id smallint not null references system,
  form text not null check (form in ('records', 'events')),
  received_at timestamptz not null,
  idempotency_key text,
  body_hash bytea not null,
  n int not null,
  n_applied int not null default 0,
  n_superseded int not null default 0,
  n_error int not null default 0,
  n_rejected int not null default 0,
  body bytea not null,
  tries int not null default 0,
  done_at timestamptz,
  unique (system_id, idempotency_key)
);
alter table inbox_batch alter column body set storage external;
create index inbox_batch_waiting on inbox_batch (batch_id) where done_at is null;

create table inbox_reject (
  batch_id bigint not null references inbox_batch,
  line int not null,
  code text not null,
  path text not null,
  detail text not null
);
create index inbox_reject_batch on inbox_reject (batch_id);

create table customer (
  customer_id bigint generated always as identity primary key,
  public_id uuid not null unique default gen_random_uuid(),
  founder_record bigint not null unique,
  state text not null default 'live' check (state in ('live', 'retired'))
);

create table source_record (
  record_id bigint generated always as identity primary key,
  system_id smallint not null references system,
  source_key text collate "C",
  customer_id bigint,
  origin text not null check (origin in ('push', 'hub')),
  founded_by bigint,
  state text not null check (state in ('pending', 'live')),
  kind text not null check (kind in ('person', 'organization')),
  head_version bigint,
  head_at timestamptz,
  head_position text,
  held text not null,
  asserted text not null,
  parked text not null default '{}',
  mapping_version int,
  unique (system_id, source_key)
) with (fillfactor = 85);
create index source_record_customer on source_record (customer_id);

create table record_entry (
  entry_id bigint generated always as identity primary key,
  record_id bigint not null,
  kind text not null check (kind in ('push', 'heard', 'offer', 'receipt')),
  epoch int not null,
  version bigint,
  at timestamptz not null,
  content uuid not null,
  native text not null,
  filed_at timestamptz not null,
  batch_id bigint,
  line int,
  run_id bigint,
  delivery_id uuid,
  base text,
  refused text
);
create unique index record_entry_once on record_entry (record_id, epoch, version, at, content, kind, delivery_id) nulls not distinct;
create unique index record_entry_delivery on record_entry (delivery_id) where kind = 'offer';

create table match_key (
  key bigint not null,
  record_id bigint not null,
  primary key (key, record_id)
);
create index match_key_record on match_key (record_id);

create table golden (
  customer_id bigint primary key,
  version int not null,
  kind text not null,
  display text not null,
  attributes text not null,
  held_attributes text[] not null default '{}',
  changed_at timestamptz not null
) with (fillfactor = 80);

create table golden_history (
  customer_id bigint not null,
  version int not null,
  from_at timestamptz not null,
  cause text not null,
  was text not null,
  became text not null,
  primary key (customer_id, version)
);

create table customer_search (
  customer_id bigint primary key,
  doc text not null
);

create table conflict (
  conflict_id bigint generated always as identity primary key,
  customer_id bigint not null,
  attribute text not null,
  candidates text not null,
  opened_at timestamptz not null,
  closed_at timestamptz,
  closed_by text
);
create unique index conflict_open on conflict (customer_id, attribute) where closed_at is null;
create index conflict_customer on conflict (customer_id);

create table decision (
  decision_id bigint generated always as identity primary key,
  kind text not null check (kind in ('choice')),
  conflict_id bigint not null,
  attribute text not null,
  chosen text not null,
  basis text[] not null,
  records bigint[] not null,
  reason text not null,
  made_by text not null,
  made_at timestamptz not null,
  undone_by text,
  undone_at timestamptz
);
create index decision_records on decision using gin (records);

create table dirty_view (
  customer_id bigint not null,
  cause text not null check (cause in ('push', 'act', 'bulk')),
  since timestamptz not null,
  system_id smallint not null,
  primary key (system_id, customer_id)
);

create table refresh_run (
  run_id bigint generated always as identity primary key,
  system_id smallint not null references system,
  mode text not null check (mode in ('plan', 'full', 'events')),
  phase text not null,
  round int not null default 0,
  listing int not null default 0,
  listing_floor bigint not null default 0,
  cursor text,
  plan_hash text,
  plan_seen boolean not null default false,
  counts text not null,
  closing text,
  failure text,
  started_by text not null,
  started_at timestamptz not null,
  closed_at timestamptz
);
create unique index refresh_run_open on refresh_run (system_id)
  where mode <> 'events' and phase not in ('closed', 'failed', 'cancelled');
create unique index refresh_run_standing on refresh_run (system_id) where mode = 'events';

create table refresh_seen (
  run_id bigint not null,
  listing int not null,
  record_id bigint not null,
  drifted text,
  primary key (run_id, listing, record_id)
);

create table refresh_item (
  run_id bigint not null references refresh_run,
  seq bigint not null,
  kind text not null check (kind in ('create', 'change', 'missing', 'inexpressible', 'parked')),
  record_id bigint,
  customer_id bigint,
  delivery_id uuid,
  if_match bigint,
  fields text not null,
  outcome text not null check (outcome in ('planned', 'sent', 'stored', 'parked', 'mismatch', 'failed', 'exception')),
  code text,
  round int not null,
  at timestamptz not null,
  primary key (run_id, seq)
);
create index refresh_item_open on refresh_item (run_id, outcome) where outcome in ('planned', 'sent');
create index refresh_item_customer on refresh_item (customer_id);

create table error_entry (
  error_id bigint generated always as identity primary key,
  system_id smallint not null,
  source_key text,
  batch_id bigint,
  line int,
  run_id bigint,
  mapping_version int,
  code text not null,
  path text not null,
  detail text not null,
  at timestamptz not null
);
create index error_entry_batch on error_entry (batch_id) where batch_id is not null;

create table audit (
  seq bigint generated always as identity primary key,
  at timestamptz not null,
  actor text not null,
  act text not null,
  subject text not null
);
`;

export class FirstSchema1764000000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(statements);
  }

  async down(): Promise<void> {
    throw new Error('Migrations go forward only: restore a backup instead.');
  }
}
