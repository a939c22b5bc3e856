import type { MigrationInterface, QueryRunner } from 'typeorm';

const statements = `
-- A record whose own words contradict what it said before is asked about: is it somebody else now?
alter table hold drop constraint hold_reason_check;
alter table hold add constraint hold_reason_check check (reason in ('restore', 'changed-much', 'newcomer', 'somebody-else'));
alter table hold drop constraint hold_answer_check;
alter table hold add constraint hold_answer_check
  check (answer in ('restored', 'drift', 'anew', 'let-in', 'thrown-back', 'same-person', 'somebody-else', 'settled'));

-- The entry with which the life began that the record is in; null in its first.
alter table source_record add column life_since text;

-- Why it was answered so, if whoever did it said so.
alter table hold add column answer_reason text;
`;

export class SomebodyElse1764005610000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(statements);
  }

  async down(): Promise<void> {
    throw new Error('Migrations go forward only: restore a backup instead.');
  }
}
