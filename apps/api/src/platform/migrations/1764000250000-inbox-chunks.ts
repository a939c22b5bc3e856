import type { MigrationInterface, QueryRunner } from 'typeorm';

const statements = `
-- A batch is worked on in chunks, each in a commit of its own. Urgent ones go before the others.
create table inbox_chunk (
  batch_id bigint not null,
  seq int not null,
  system_id smallint not null,
  form text not null check (form in ('records', 'events')),
  urgent boolean not null,
  received_at timestamptz not null,
  first_line int not null,
  n int not null,
  body bytea not null,
  done_at timestamptz,
  primary key (batch_id, seq)
);
alter table inbox_chunk alter column body set storage external;
create index inbox_chunk_waiting on inbox_chunk (urgent desc, batch_id, seq) where done_at is null;
insert into inbox_chunk (batch_id, seq, system_id, form, urgent, received_at, first_line, n, body, done_at)
  select batch_id, 1, system_id, form, n <= 500, received_at, 1, n, body, done_at from inbox_batch where n > 0;
drop index inbox_batch_waiting;
alter table inbox_batch drop column body, drop column tries;
`;

export class InboxChunks1764000250000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(statements);
  }

  async down(): Promise<void> {
    throw new Error('Migrations go forward only: restore a backup instead.');
  }
}
