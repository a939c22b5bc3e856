import type { MigrationInterface, QueryRunner } from 'typeorm';

const statements = `
-- How often the duty of committing was taken over: one row.
create table committer (
  only_one boolean primary key default true check (only_one),
  epoch bigint not null
);
insert into committer (epoch) values (0);
`;

export class CommitterEpoch1764000600000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(statements);
  }

  async down(): Promise<void> {
    throw new Error('Migrations go forward only: restore a backup instead.');
  }
}
