import type { MigrationInterface, QueryRunner } from 'typeorm';

const statements = `
-- A person is asked about the two records where they stand apart. Others hold customers together, and nobody is asked about them.
alter table match_edge add column asks boolean not null default true;
`;

export class EdgesThatAsk1764005700000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(statements);
  }

  async down(): Promise<void> {
    throw new Error('Migrations go forward only: restore a backup instead.');
  }
}
