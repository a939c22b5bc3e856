import type { MigrationInterface, QueryRunner } from 'typeorm';

const statements = `
-- How often the record began again: after its delete, or as somebody else.
alter table source_record add column life int not null default 0;

-- Which life of its founding record a customer's id belongs to. An id is handed on when that life is over: one record may hold several.
alter table customer add column founder_life int not null default 0;
alter table customer drop constraint customer_founder_record_key;
create index customer_founder on customer (founder_record);

-- Why a decision was undone, if whoever did it said so.
alter table decision add column undone_reason text;
`;

export class Lives1764005600000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(statements);
  }

  async down(): Promise<void> {
    throw new Error('Migrations go forward only: restore a backup instead.');
  }
}
