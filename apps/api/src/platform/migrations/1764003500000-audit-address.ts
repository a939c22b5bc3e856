import type { MigrationInterface, QueryRunner } from 'typeorm';

const statements = `
-- From where somebody acted or tried to log in; null for what the hub did by itself.
alter table audit add column address inet;
`;

export class AuditAddress1764003500000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(statements);
  }

  async down(): Promise<void> {
    throw new Error('Migrations go forward only: restore a backup instead.');
  }
}
