import type { MigrationInterface, QueryRunner } from 'typeorm';

const statements = `
-- What it writes follows from news that a person has let in, who was shown it: no brake counts it once more.
alter table refresh_item add column let_in boolean not null default false;
`;

export class LetInRows1764005770001 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(statements);
  }

  async down(): Promise<void> {
    throw new Error('Migrations go forward only: restore a backup instead.');
  }
}
