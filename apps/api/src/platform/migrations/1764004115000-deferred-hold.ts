import type { MigrationInterface, QueryRunner } from 'typeorm';

const statements = `
-- A hold is of a system, and a system points to the hold of its whole: whoever restores both can ask for the second only at the end.
alter table system alter constraint system_hold_id_fkey deferrable initially immediate;
`;

export class DeferredHold1764004115000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(statements);
  }

  async down(): Promise<void> {
    throw new Error('Migrations go forward only: restore a backup instead.');
  }
}
