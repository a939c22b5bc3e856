import type { MigrationInterface, QueryRunner } from 'typeorm';

const statements = `
-- The held rows alone were set back to this instant, and at that one; null where the whole system was, or none.
alter table hold add column set_back_to timestamptz, add column restored_at timestamptz;
alter table hold add constraint rows_set_back check (
  num_nulls(set_back_to, restored_at) in (0, 2) and (set_back_to is null or answer = 'restored' and restored_at > set_back_to));
`;

export class RowsSetBack1764004120000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(statements);
  }

  async down(): Promise<void> {
    throw new Error('Migrations go forward only: restore a backup instead.');
  }
}
