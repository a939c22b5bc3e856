import type { MigrationInterface, QueryRunner } from 'typeorm';

const statements = `
-- Where all records are placed by another match model, or by keys of another scheme, while those of everybody stand as they are: tables of
-- the same names, which take the place of those of everybody once they hold all. No part of a backup: what is lost is placed again.
create schema matching_next;
-- Through which one table takes the other's place.
create schema matching_before;

create table matching_next.match_key (like public.match_key including all);
create table matching_next.match_doubt (like public.match_doubt including all);
create table matching_next.match_edge (like public.match_edge including all);
create table matching_next.match_evidence (like public.match_evidence including all)
  with (fillfactor = 90, autovacuum_vacuum_insert_scale_factor = 1);

-- By what they are placed, up to which of them, and whether it has come to all. No row: nothing is placed.
create table matching_next.placing (
  only_one boolean primary key default true check (only_one),
  version int not null,
  scheme int not null,
  after bigint not null default 0,
  done bigint not null default 0,
  is_through boolean not null default false
);

-- Records that say something else of themselves since the placing began, in the order of commits.
create table matching_next.changed (
  seq bigint generated always as identity primary key,
  record_id bigint not null
);

-- Where there are no keys yet, all are made by the scheme of today.
update match_scheme set scheme = 4 where not exists (select from match_evidence);
`;

export class PlacingAside1764005770000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(statements);
  }

  async down(): Promise<void> {
    throw new Error('Migrations go forward only: restore a backup instead.');
  }
}
