import type { MigrationInterface, QueryRunner } from 'typeorm';

const statements = `
-- The one on duty ends in order: what it leaves under way has not killed it.
alter table heartbeat add column leaving boolean not null default false;

-- What was under way when the hub died is worked off in pieces, each noted here before it is begun and in the commit that ends it.
create table left_over (
  only_one boolean primary key default true check (only_one),
  -- As JSON: which chunks these are, the piece that is tried, and what is known of their lines.
  kept text not null,
  -- Since when the hub works carefully; null: it does not.
  since timestamptz,
  -- It died over several lines one after another: these wait.
  waits boolean not null default false
);

-- Lines that are in their places, though others of their chunk are not.
create table left_over_line (
  batch_id bigint not null references inbox_batch,
  line int not null,
  primary key (batch_id, line)
);

drop sequence under_way_line_batch;
drop sequence under_way_line;
drop sequence under_way_tries;
`;

export class CareAfterDeaths1764004000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(statements);
  }

  async down(): Promise<void> {
    throw new Error('Migrations go forward only: restore a backup instead.');
  }
}
