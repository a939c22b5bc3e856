import type { MigrationInterface, QueryRunner } from 'typeorm';

const statements = `
-- What a record's timeline amounts to is read whole or not at all: one text, in which nothing stands twice.
alter table source_record add column known text;
update source_record set known = json_build_object('held', held::json, 'asserted', asserted::json, 'delivered', delivered::json,
  'parked', parked::json, 'moves', moves::json)::text;
alter table source_record alter column known set not null;
alter table source_record drop column held, drop column asserted, drop column delivered, drop column parked, drop column moves;
`;

export class PackedRecords1764000260000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(statements);
  }

  async down(): Promise<void> {
    throw new Error('Migrations go forward only: restore a backup instead.');
  }
}
