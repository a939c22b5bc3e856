import type { MigrationInterface, QueryRunner } from 'typeorm';

const statements = `
-- What is sent next is looked up for each piece of a run, in order, and what is left at its end by kind: neither may take a look at all of its items.
drop index refresh_item_open;
create index refresh_item_open on refresh_item (run_id, outcome, seq) where outcome in ('planned', 'sent');
create index refresh_item_exception on refresh_item (run_id, kind, code) where outcome = 'exception';
`;

export class ItemsInOrder1764005770002 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(statements);
  }

  async down(): Promise<void> {
    throw new Error('Migrations go forward only: restore a backup instead.');
  }
}
