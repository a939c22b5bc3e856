import type { MigrationInterface, QueryRunner } from 'typeorm';

const statements = `
-- Which secret the token of the adapter is sealed with. Null: not sealed; the hub seals it when it starts, since the secret is not here.
alter table system add column adapter_token_key text
  constraint key_of_a_token check (adapter_token_key is null or adapter_token is not null);
`;

export class SealedTokens1764003700000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(statements);
  }

  async down(): Promise<void> {
    throw new Error('Migrations go forward only: restore a backup instead.');
  }
}
