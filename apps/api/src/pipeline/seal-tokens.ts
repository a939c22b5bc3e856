import { Injectable, Logger, type OnApplicationBootstrap, type OnApplicationShutdown } from '@nestjs/common';
import { databaseTroubleIn } from '../platform/database-trouble.ts';
import { TokenSeal } from '../platform/token-seal.ts';
import { Database } from '../platform/transaction.ts';
import { Troubles } from '../platform/troubles.ts';
import { SystemsStore } from '../stages/systems/systems.store.ts';

/** A start that could not do it is no reason not to answer: it is tried again this often. */
const againAfterMs = 30_000;

/** At each start: tokens that are not sealed yet, or with a secret that is to be replaced, are sealed anew. */
@Injectable()
export class SealTokens implements OnApplicationBootstrap, OnApplicationShutdown {
  private readonly log = new Logger('SealTokens');
  private timer: NodeJS.Timeout | null = null;

  constructor(
    private readonly database: Database,
    private readonly systems: SystemsStore,
    private readonly seal: TokenSeal,
    private readonly troubles: Troubles,
  ) {}

  async onApplicationBootstrap(): Promise<void> {
    await this.again().catch((error: unknown) => this.tryLater(error));
  }

  onApplicationShutdown(): void {
    if (this.timer) clearInterval(this.timer);
  }

  async again(): Promise<void> {
    await this.database.transaction(async (tx) => {
      for (const { systemId, code, adapterToken } of await this.systems.withTokens(tx)) {
        if (this.seal.isCurrent(adapterToken)) continue;
        const token = this.seal.open(adapterToken);
        if (token !== null) await this.systems.setToken(tx, systemId, token);
        else this.log.warn(`The adapter token of ${code} was sealed with another secret: give it again.`);
      }
    });
    if (this.timer) clearInterval(this.timer);
  }

  private tryLater(error: unknown): void {
    const trouble = databaseTroubleIn(error);
    if (!trouble) throw error;
    this.troubles.meet(trouble.code);
    this.timer = setInterval(() => void this.again().catch(() => undefined), againAfterMs).unref();
  }
}
