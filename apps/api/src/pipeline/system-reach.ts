import { Injectable, Logger, type OnModuleInit } from '@nestjs/common';
import { Clock } from '../platform/clock.ts';
import { Database } from '../platform/transaction.ts';
import { AdapterCall } from '../stages/refreshes/adapter-call.ts';
import { SystemsStore } from '../stages/systems/systems.store.ts';
import { failureInWords } from './failure-in-words.ts';

/** Keeps in the database which systems do not answer, so that every process of the hub can say so. */
@Injectable()
export class SystemReach implements OnModuleInit {
  private readonly log = new Logger('SystemReach');
  /** As it is stored, by the code of the system; what this process does not know yet is stored at the next call. */
  private readonly isAway = new Map<string, boolean>();
  private storing: Promise<void> = Promise.resolve();

  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
    private readonly systems: SystemsStore,
    private readonly calls: AdapterCall,
  ) {}

  onModuleInit(): void {
    this.calls.watch((code, reached) => this.note(code, reached !== 'answers'));
  }

  private note(code: string, isAway: boolean): void {
    if (this.isAway.get(code) === isAway) return;
    this.isAway.set(code, isAway);
    if (isAway) this.log.warn(`${code} does not answer.`);
    this.storing = this.storing
      .then(() => this.database.transaction((tx) => this.systems.setAway(tx, code, isAway ? this.clock.now() : null)))
      .catch((error: unknown) => {
        this.isAway.delete(code);
        this.log.warn(`That ${code} is ${isAway ? 'away' : 'back'} could not be stored: ${failureInWords(error)}`);
      });
  }
}
