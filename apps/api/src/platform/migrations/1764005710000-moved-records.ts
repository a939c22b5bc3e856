import type { MigrationInterface, QueryRunner } from 'typeorm';

const statements = `
-- Records that left one customer for another: whoever keeps the ids of customers sees which of them changed, and why.
create table moved_record (
  move_id bigint generated always as identity primary key,
  at timestamptz not null,
  record_id bigint not null references source_record,
  from_customer bigint not null references customer,
  to_customer bigint not null references customer,
  -- Why, without values: as in the history of a golden record.
  cause text not null,
  kind text not null,
  constraint somewhere_else check (from_customer <> to_customer)
);
create index moved_record_at on moved_record (at);
create index moved_record_kind on moved_record (kind, move_id);
`;

export class MovedRecords1764005710000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(statements);
  }

  async down(): Promise<void> {
    throw new Error('Migrations go forward only: restore a backup instead.');
  }
}
