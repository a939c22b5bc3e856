import type { MigrationInterface, QueryRunner } from 'typeorm';

const statements = `
-- What became otherwise, and what was sent, in a span of time. Both tables are written in the order of time, so that blocks tell it.
create index golden_history_from on golden_history using brin (from_at);
create index refresh_item_at on refresh_item using brin (at);
`;

export class SpansOfTime1764005790000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(statements);
  }

  async down(): Promise<void> {
    throw new Error('Migrations go forward only: restore a backup instead.');
  }
}
