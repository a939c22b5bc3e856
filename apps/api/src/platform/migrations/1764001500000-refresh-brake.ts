import type { MigrationInterface, QueryRunner } from 'typeorm';

const statements = `
-- Why the run stopped before anything was sent, as JSON; who let it go on, and what number they typed, stands in the audit log.
alter table refresh_run add column brake text not null default '[]';
`;

export class RefreshBrake1764001500000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(statements);
  }

  async down(): Promise<void> {
    throw new Error('Migrations go forward only: restore a backup instead.');
  }
}
