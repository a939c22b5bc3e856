import type { MigrationInterface, QueryRunner } from 'typeorm';

const statements = `
-- Of which kind the chunks under way are: those between the first and the last of them that are of another kind were not claimed with them.
create sequence under_way_urgent minvalue 0 start 0;
create sequence under_way_system minvalue 0 start 0;
-- 0: of no load.
create sequence under_way_load minvalue 0 start 0;
`;

export class KindUnderWay1764003900000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(statements);
  }

  async down(): Promise<void> {
    throw new Error('Migrations go forward only: restore a backup instead.');
  }
}
