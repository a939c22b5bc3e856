import type { MigrationInterface, QueryRunner } from 'typeorm';

const statements = `
-- How long the process on duty held the committer lately, by work: the longest of the last minute, in milliseconds.
alter table heartbeat add column holds text not null default '{}';
`;

export class CommitterHolds1764004400000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(statements);
  }

  async down(): Promise<void> {
    throw new Error('Migrations go forward only: restore a backup instead.');
  }
}
