import type { MigrationInterface, QueryRunner } from 'typeorm';

const statements = `
alter table login_user drop constraint login_user_role_check;
alter table login_user add constraint login_user_role_check check ("role" in ('admin', 'steward', 'auditor'));
alter table login_user add column "disabledAt" timestamptz, add column "lastLogInAt" timestamptz;

-- One link a person: a newer one takes its place.
create table account_link (
  user_id text primary key references login_user ("id") on delete cascade,
  token_hash bytea not null unique,
  purpose text not null check (purpose in ('invite', 'reset')),
  expires_at timestamptz not null
);

alter table system_key add column name text not null default '',
  add column expires_at timestamptz, add column last_used_at timestamptz;
create index system_key_system on system_key (system_id);

create index audit_actor on audit (actor, seq);

create function audit_stays() returns trigger language plpgsql as $$
begin
  raise exception 'The audit log is only added to.';
end $$;
create trigger audit_stays before update or delete or truncate on audit for each statement execute function audit_stays();
`;

export class PeopleAndKeys1764001000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(statements);
  }

  async down(): Promise<void> {
    throw new Error('Migrations go forward only: restore a backup instead.');
  }
}
