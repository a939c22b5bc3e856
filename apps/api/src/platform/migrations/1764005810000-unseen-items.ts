import type { MigrationInterface, QueryRunner } from 'typeorm';

const statements = `
-- When somebody lets a plan go on, what of it changed since it was looked at is seen: not one item of it, most often.
create index refresh_item_unseen on refresh_item (run_id) where changed_since;
`;

export class UnseenItems1764005810000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(statements);
  }

  async down(): Promise<void> {
    throw new Error('Migrations go forward only: restore a backup instead.');
  }
}
