import type { MigrationInterface, QueryRunner } from 'typeorm';

const statements = `
-- In which rows drift of some attributes is looked for, as JSON; null: all are compared in every row. And how many runs have looked so.
alter table system add column comparison text;
alter table system add column comparison_turns int not null default 0;
-- How this run looks, for as long as it goes on.
alter table refresh_run add column comparison text;
`;

export class Comparison1764005800000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(statements);
  }

  async down(): Promise<void> {
    throw new Error('Migrations go forward only: restore a backup instead.');
  }
}
