import { Injectable, type OnModuleDestroy, type OnModuleInit } from '@nestjs/common';
import { Clock } from './clock.ts';
import { databaseTroubleIn } from './database-trouble.ts';
import { Database } from './transaction.ts';
import { Troubles } from './troubles.ts';

const keptEveryMs = 30_000;
/** A clock that is set right by the network goes back by less. */
const backMs = 10_000;

/** Keeps the latest instant that any process of the hub has seen, so that one that is started anew with the clock set back knows it. */
@Injectable()
export class ClockKeeper implements OnModuleInit, OnModuleDestroy {
  private timer: NodeJS.Timeout | null = null;

  constructor(
    private readonly clock: Clock,
    private readonly database: Database,
    private readonly troubles: Troubles,
  ) {}

  async onModuleInit(): Promise<void> {
    await this.keep().catch((error: unknown) => this.startWithout(error));
    // While the database takes nothing, this process still knows by itself.
    this.timer = setInterval(() => void this.keep().catch(() => undefined), keptEveryMs).unref();
  }

  onModuleDestroy(): void {
    if (this.timer) clearInterval(this.timer);
  }

  async keep(): Promise<void> {
    const [row] = await this.database.in('vital').glance((tx) =>
      tx.query<{ at: Date }>(
        `insert into time_seen (at) values ($1)
         on conflict (is_only) do update set at = greatest(time_seen.at, excluded.at) returning at`,
        [new Date(this.clock.neverBack())],
      ),
    );
    this.noteSeen(row!.at);
  }

  /** A hub comes up in trouble too, to say what is wrong; what was kept can be read where nothing can be written. */
  private async startWithout(error: unknown): Promise<void> {
    const trouble = databaseTroubleIn(error);
    if (!trouble) throw error;
    this.troubles.meet(trouble.code);
    const read = this.database.in('vital').glance((tx) => tx.query<{ at: Date }>('select at from time_seen'));
    for (const { at } of await read.catch(() => [])) this.noteSeen(at);
  }

  private noteSeen(at: Date): void {
    this.clock.noteSeen(at.getTime());
    if (this.clock.neverBack() - this.clock.now() > backMs) this.troubles.raise('clock-jumped');
    else this.troubles.clear('clock-jumped');
  }
}
