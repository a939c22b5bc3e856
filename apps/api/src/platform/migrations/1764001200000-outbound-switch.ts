import type { MigrationInterface, QueryRunner } from 'typeorm';

const statements = `
-- Whether the hub sends anything at all: one row.
create table outbound_switch (
  only_one boolean primary key default true check (only_one),
  state text not null default 'on' check (state in ('on', 'paused')),
  reason text not null default '',
  set_by text,
  set_at timestamptz,
  -- The hub was restored then: until it is let go, every system has to be heard first.
  restored_at timestamptz
);
insert into outbound_switch default values;
`;

export class OutboundSwitch1764001200000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(statements);
  }

  async down(): Promise<void> {
    throw new Error('Migrations go forward only: restore a backup instead.');
  }
}
