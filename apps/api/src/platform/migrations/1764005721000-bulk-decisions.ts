import type { MigrationInterface, QueryRunner } from 'typeorm';

const statements = `
-- One answer of a person to the same question about many customers. Each is a choice of its own, and all are undone as one.
create table bulk_decision (
  bulk_id bigint generated always as identity primary key,
  attribute text not null,
  -- The system whose value is chosen.
  chosen_system text not null,
  reason text not null,
  made_by text not null,
  made_at timestamptz not null,
  undone_by text,
  undone_at timestamptz,
  undone_reason text,
  constraint undone_by_somebody check (num_nulls(undone_by, undone_at) in (0, 2))
);
create table bulk_choice (
  bulk_id bigint not null references bulk_decision,
  conflict_id bigint not null references conflict,
  chosen text not null,
  basis text[] not null,
  -- changed: by then it was another question, which is left to a person.
  state text not null default 'waiting' check (state in ('waiting', 'made', 'changed', 'undone')),
  decision_id bigint references decision,
  primary key (bulk_id, conflict_id),
  constraint made_as_decision check (state <> 'made' or decision_id is not null)
);
create index bulk_choice_waiting on bulk_choice (bulk_id) where state = 'waiting';
`;

export class BulkDecisions1764005721000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(statements);
  }

  async down(): Promise<void> {
    throw new Error('Migrations go forward only: restore a backup instead.');
  }
}
