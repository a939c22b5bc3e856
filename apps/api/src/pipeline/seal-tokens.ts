import { Injectable, Logger, type OnApplicationBootstrap } from '@nestjs/common';
import { TokenSeal } from '../platform/token-seal.ts';
import { Database } from '../platform/transaction.ts';
import { SystemsStore } from '../stages/systems/systems.store.ts';

/** At each start: tokens that are not sealed yet, or with a secret that is to be replaced, are sealed anew. */
@Injectable()
export class SealTokens implements OnApplicationBootstrap {
  private readonly log = new Logger('SealTokens');

  constructor(
    private readonly database: Database,
    private readonly systems: SystemsStore,
    private readonly seal: TokenSeal,
  ) {}

  async onApplicationBootstrap(): Promise<void> {
    await this.database.transaction(async (tx) => {
      for (const { systemId, code, adapterToken } of await this.systems.withTokens(tx)) {
        if (this.seal.isCurrent(adapterToken)) continue;
        const token = this.seal.open(adapterToken);
        if (token !== null) await this.systems.setToken(tx, systemId, token);
        else this.log.warn(`The adapter token of ${code} was sealed with another secret: give it again.`);
      }
    });
  }
}
