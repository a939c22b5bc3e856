import type { MigrationInterface, QueryRunner } from 'typeorm';

const statements = `
-- By which scheme the match keys of all records were made: one row.
create table match_scheme (scheme int not null);
insert into match_scheme select case when exists (select from match_evidence) then 1 else 2 end;
`;

export class KeyScheme1764001600000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(statements);
  }

  async down(): Promise<void> {
    throw new Error('Migrations go forward only: restore a backup instead.');
  }
}
