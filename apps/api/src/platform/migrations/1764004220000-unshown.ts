import type { MigrationInterface, QueryRunner } from 'typeorm';

const statements = `
-- So many records a load that waits for an admin did not show.
alter table load add column unshown int not null default 0;
`;

export class Unshown1764004220000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(statements);
  }

  async down(): Promise<void> {
    throw new Error('Migrations go forward only: restore a backup instead.');
  }
}
