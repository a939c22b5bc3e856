import type { MigrationInterface, QueryRunner } from 'typeorm';

const statements = `
-- By which documents the system was proved, or armed, last, and when: what they change later waits for a run. As JSON.
alter table system add column proved text;
alter table system add column proved_at timestamptz;
-- Which of these documents have moved since, so that the lane waits; as JSON, null: it does not.
alter table system add column lane_waits text;
update system s set proved_at = now(), proved = json_build_object(
  'mappings', (select json_object_agg(o.code, o.mapping_version order by o.code) from system o where o.mapping_version is not null),
  'rules', (select max(version) from rules),
  'model', (select max(version) from match_model),
  'scope', s.scope)::text
where s.outbound = 'armed';
`;

export class Proof1764004210000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(statements);
  }

  async down(): Promise<void> {
    throw new Error('Migrations go forward only: restore a backup instead.');
  }
}
