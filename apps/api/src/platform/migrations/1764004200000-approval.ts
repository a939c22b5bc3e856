import type { MigrationInterface, QueryRunner } from 'typeorm';

const statements = `
-- What all rounds of a run wrote, what a person saw when letting it go on, and how much was written otherwise than seen; as JSON.
alter table refresh_run add column tallies text not null default '{}';
-- By which documents its plan was made: when they move, it is made anew before more is sent. Null: nothing was sent yet.
alter table refresh_run add column versions text;
-- The item was sent otherwise than its plan had it, or came with a later plan than the one that a person has looked at.
alter table refresh_item add column changed_since boolean not null default false;

-- Values of each attribute count for the lane as well as records.
alter table lane_sent add column measure text not null default 'written';
alter table lane_sent alter column measure drop default;
alter table lane_sent drop constraint lane_sent_pkey;
alter table lane_sent add primary key (system_id, minute, measure);
`;

export class Approval1764004200000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(statements);
  }

  async down(): Promise<void> {
    throw new Error('Migrations go forward only: restore a backup instead.');
  }
}
