import type { MigrationInterface, QueryRunner } from 'typeorm';

export class SystemAway1764003950000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query('alter table system add column away_since timestamptz');
  }

  async down(): Promise<void> {
    throw new Error('Migrations go forward only: restore a backup instead.');
  }
}
