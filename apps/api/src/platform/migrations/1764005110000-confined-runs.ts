import type { MigrationInterface, QueryRunner } from 'typeorm';

const statements = `
-- To which records, customers and attributes a refresh is confined; null: to none.
alter table refresh_run add column confined text;
`;

export class ConfinedRuns1764005110000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(statements);
  }

  async down(): Promise<void> {
    throw new Error('Migrations go forward only: restore a backup instead.');
  }
}
