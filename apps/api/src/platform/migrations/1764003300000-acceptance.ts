import type { MigrationInterface, QueryRunner } from 'typeorm';

const statements = `
-- Whose instant an entry stands at: null where it was filed before that was kept, which counts as stated.
alter table record_entry add column timing text check (timing in ('stated', 'accepted', 'loaded'));
-- When it was accepted is told by batch and line. What came in no batch has a number among those of the batches.
alter table record_entry add column call bigint;
drop index record_entry_once;
-- A repeat may have been accepted before what it repeats, and then its acceptance counts.
create unique index record_entry_once on record_entry (record_id, version, at, content, kind, delivery_id, batch_id, line)
  nulls not distinct;
-- Records of which two things were told for one version, or without versions for one instant: what was accepted later counts now.
update source_record set mapping_version = null where record_id in (
  select record_id from record_entry where kind not in ('offer') and (kind <> 'receipt' or native <> 'null')
  group by record_id, version, case when version is null then at end having count(*) > 1);
update system set derived_version = null where system_id in (select system_id from source_record where mapping_version is null);
`;

export class Acceptance1764003300000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(statements);
  }

  async down(): Promise<void> {
    throw new Error('Migrations go forward only: restore a backup instead.');
  }
}
