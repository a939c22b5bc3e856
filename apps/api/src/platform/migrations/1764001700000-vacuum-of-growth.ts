import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Rows that are only added leave nothing to clean up: read whole for each fifth that a table grows by, the largest of them would cost a
 * load more than its own writing.
 */
const tables = ['source_record', 'record_entry', 'golden', 'golden_history', 'match_evidence'];

export class VacuumOfGrowth1764001700000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    for (const table of tables)
      await runner.query(`alter table ${table} set (autovacuum_vacuum_insert_scale_factor = 1)`);
  }

  async down(): Promise<void> {
    throw new Error('Migrations go forward only: restore a backup instead.');
  }
}
