import type { MigrationInterface, QueryRunner } from 'typeorm';

const statements = `
-- What a person said of rows of the system that look set back, for those that come to look so later as well: for good, or until the
-- system has been listed once more.
alter table system add column standing_answer text check (standing_answer in ('drift', 'anew')),
  add column standing_by text, add column standing_at timestamptz, add column standing_once boolean;
alter table system add constraint answer_stands_as_a_whole check (
  num_nulls(standing_answer, standing_by, standing_at, standing_once) in (0, 4));
`;

export class StandingAnswers1764005720000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(statements);
  }

  async down(): Promise<void> {
    throw new Error('Migrations go forward only: restore a backup instead.');
  }
}
