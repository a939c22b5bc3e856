import type { MigrationInterface, QueryRunner } from 'typeorm';

const statements = `
drop table review_key;
truncate match_key;
-- A record's keys stand with its evidence. The row (key, 0) says that more records hold the key than may be compared by it.
drop index match_key_record;

-- What a record itself ever said of who it is, in the form that is compared.
create table match_evidence (
  record_id bigint primary key,
  mark bigint not null,
  evidence text not null,
  keys bigint[] not null
) with (fillfactor = 90);

-- Records that go well enough together for a person to look at; each pair twice, once from either side. Ten-thousandths of a bit.
create table match_edge (
  record_id bigint not null,
  other_id bigint not null,
  weight int not null,
  primary key (record_id, other_id)
);

-- Crowded keys that a record has given up: fewer may hold them by now.
create table match_doubt (
  key bigint primary key
);

create table match_model (
  version int primary key,
  document text not null,
  reason text not null,
  published_by text not null,
  published_at timestamptz not null,
  applied_at timestamptz
);

-- What was stored before is worked out again, which makes the evidence of each record.
update source_record set mapping_version = null;
update system set derived_version = null;
`;

export class Matching1764000900000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(statements);
  }

  async down(): Promise<void> {
    throw new Error('Migrations go forward only: restore a backup instead.');
  }
}
