import type { MigrationInterface, QueryRunner } from 'typeorm';

const statements = `
-- The canonical model as it was published; without a row the one that ships is in force. The newest reads all that was ever stored.
create table canonical_model (
  version int primary key check (version > 0),
  document text not null,
  -- By which a process knows whether it has compiled it.
  digest text not null generated always as (md5(document)) stored,
  reason text not null,
  published_by text not null,
  published_at timestamptz not null,
  -- It is in force with its commit.
  applied_at timestamptz not null generated always as (published_at) stored
);
`;

export class CanonicalModel1764005300000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(statements);
  }

  async down(): Promise<void> {
    throw new Error('Migrations go forward only: restore a backup instead.');
  }
}
