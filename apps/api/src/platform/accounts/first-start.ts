import { randomBytes } from 'node:crypto';
import { mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Inject, Injectable, Logger } from '@nestjs/common';
import { z } from 'zod';
import { ENVIRONMENT, type Environment } from '../environment.ts';
import { Readiness } from '../readiness.ts';
import { Database } from '../transaction.ts';
import { Accounts } from './accounts.ts';
import { hashOf, makeToken } from './admin-token.ts';
import { passwordFault } from './password-rule.ts';
import { UsersStore } from './users.store.ts';

const credentials = z.object({
  email: z.string(),
  /** Null: given by the environment, so nobody has to be told. */
  password: z.string().nullable(),
  token: z.string().nullable(),
});
type Credentials = z.infer<typeof credentials>;

/**
 * Makes the first admin account. What was made stands in a file that only its owner can read, from before the account is there
 * until it was shown: killed at any point, the next start shows it still.
 */
@Injectable()
export class FirstStart {
  private readonly log = new Logger('FirstStart');
  private readonly file: string;

  constructor(
    private readonly database: Database,
    private readonly accounts: Accounts,
    private readonly users: UsersStore,
    private readonly readiness: Readiness,
    @Inject(ENVIRONMENT) private readonly environment: Environment,
  ) {
    this.file = join(environment.dataDir, 'first-account.json');
  }

  async makeAccount(): Promise<void> {
    const [user] = await this.database.read((tx) => tx.query('select 1 from login_user limit 1'));
    const fault = this.faultOfPassword();
    if (user) {
      if (fault !== null)
        this.log.warn(
          `ADMIN_PASSWORD is of no use any more, for there are accounts: take it out. It would be refused: ${fault}`,
        );
      return;
    }
    if (fault !== null)
      throw new Error(
        `The hub cannot make its first account: mend this environment variable.\n  ADMIN_PASSWORD: ${fault}`,
      );
    this.readiness.progress('making the first account');
    // The environment may have changed since a start that was killed: only then do file and account differ.
    const made = this.make();
    await this.write(made);
    const password = await this.accounts.hashPassword(made.password ?? this.environment.adminPassword!);
    await this.database.transaction(async (tx) => {
      const id = await this.users.add(tx, { name: 'Admin', email: made.email, role: 'admin' });
      await this.users.setPassword(tx, id!, password);
      if (made.token !== null) await tx.query('insert into admin_token (token_hash) values ($1)', [hashOf(made.token)]);
    });
  }

  /** Shows what was made, once: when `show` resolves, the file is gone. */
  async show(show: (lines: readonly string[]) => Promise<void>, url: string): Promise<void> {
    const made = await this.read();
    await show(made ? linesOf(made, url) : [`Open ${url}`]);
    await rm(this.file, { force: true });
  }

  private faultOfPassword(): string | null {
    const { adminPassword: password, adminEmail: email } = this.environment;
    return password === null ? null : passwordFault(password, [email]);
  }

  private make(): Credentials {
    return {
      email: this.environment.adminEmail,
      password: this.environment.adminPassword === null ? randomBytes(12).toString('base64url') : null,
      token: this.environment.adminToken === null ? makeToken() : null,
    };
  }

  private async write(made: Credentials): Promise<void> {
    await mkdir(this.environment.dataDir, { recursive: true });
    await writeFile(`${this.file}.new`, JSON.stringify(made), { mode: 0o600, flush: true });
    await rename(`${this.file}.new`, this.file);
  }

  private async read(): Promise<Credentials | null> {
    const text = await readFile(this.file, 'utf8').catch(() => null);
    return text === null ? null : credentials.parse(JSON.parse(text));
  }
}

function linesOf(made: Credentials, url: string): string[] {
  const lines = [
    `Open ${url} and log in:`,
    `  e-mail       ${made.email}`,
    `  password     ${made.password ?? '(the one in ADMIN_PASSWORD)'}`,
    `  admin token  ${made.token ?? '(the one in ADMIN_TOKEN)'}`,
  ];
  if (made.password !== null || made.token !== null) lines.push('This is shown only now: keep it.');
  return lines;
}
