import type { MigrationInterface, QueryRunner } from 'typeorm';

const statements = `
-- What is under way, for whoever begins after the hub has died over it. What is set in a sequence stays set when its transaction is rolled back,
-- as the end of a process rolls it back, and costs no commit of its own.
create sequence under_way_first_batch minvalue 0 start 0;
create sequence under_way_first_seq minvalue 0 start 0;
create sequence under_way_last_batch minvalue 0 start 0;
create sequence under_way_last_seq minvalue 0 start 0;
-- The line that was worked on alone, and how often it was begun; 0 tries: none was.
create sequence under_way_line_batch minvalue 0 start 0;
create sequence under_way_line minvalue 0 start 0;
create sequence under_way_tries minvalue 0 start 0;

-- Larger pieces of work, a row each.
create table work_under_way (
  work text primary key,
  -- Which piece it is: another one whenever it has moved on.
  mark text not null,
  begun_at timestamptz not null,
  -- Begun, and neither done nor failed.
  open boolean not null,
  -- How often the hub has died over this piece.
  deaths int not null default 0,
  -- When it was put aside; it is begun again when its mark is another one.
  aside_at timestamptz
);
`;

export class WorkUnderWay1764003200000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(statements);
  }

  async down(): Promise<void> {
    throw new Error('Migrations go forward only: restore a backup instead.');
  }
}
