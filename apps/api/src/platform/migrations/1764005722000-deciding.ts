import type { MigrationInterface, QueryRunner } from 'typeorm';

const statements = `
-- All records are placed by a match model, and up to which of them it was worked out who is who. No row: all of them.
create table match_deciding (
  only_one boolean primary key default true check (only_one),
  version int not null,
  published_by text,
  reason text not null,
  after bigint not null
);
`;

export class Deciding1764005722000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(statements);
  }

  async down(): Promise<void> {
    throw new Error('Migrations go forward only: restore a backup instead.');
  }
}
