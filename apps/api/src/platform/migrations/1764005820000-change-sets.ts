import type { MigrationInterface, QueryRunner } from 'typeorm';

const statements = `
-- A scope has versions, as mappings have, so that nobody replaces one that was not looked at.
alter table system add column scope_version int not null default 0 check (scope_version >= 0);

-- What was published in one transaction.
create table change_set (
  change_set_id bigint primary key generated always as identity,
  reason text not null,
  published_by text not null,
  published_at timestamptz not null
);

create table change_set_document (
  change_set_id bigint not null references change_set,
  kind text not null check (kind in ('canonicalModel', 'survivorship', 'matching', 'mapping', 'scope')),
  system_id int references system check ((system_id is not null) = (kind in ('mapping', 'scope'))),
  version int not null,
  before int not null check (before between 0 and version - 1),
  -- Of a scope, which is kept nowhere else.
  document text check ((document is not null) = (kind = 'scope')),
  unique nulls not distinct (change_set_id, kind, system_id)
);
`;

export class ChangeSets1764005820000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(statements);
  }

  async down(): Promise<void> {
    throw new Error('Migrations go forward only: restore a backup instead.');
  }
}
