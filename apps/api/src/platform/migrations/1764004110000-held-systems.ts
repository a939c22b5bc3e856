import type { MigrationInterface, QueryRunner } from 'typeorm';

const statements = `
-- The open hold of the whole system: nothing is sent to it, and what it sends waits in the inbox.
alter table system add column hold_id bigint references hold;
`;

export class HeldSystems1764004110000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(statements);
  }

  async down(): Promise<void> {
    throw new Error('Migrations go forward only: restore a backup instead.');
  }
}
