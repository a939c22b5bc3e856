import type { MigrationInterface, QueryRunner } from 'typeorm';

const statements = `
-- Of a batch that came as CSV: columns that its mapping did not read, so that a repeated push is answered as the first one was.
alter table inbox_batch add column unmapped_columns text[];
`;

export class UnmappedColumns1764000700000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(statements);
  }

  async down(): Promise<void> {
    throw new Error('Migrations go forward only: restore a backup instead.');
  }
}
