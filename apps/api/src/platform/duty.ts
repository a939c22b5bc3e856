import { setTimeout as wait } from 'node:timers/promises';
import { Inject, Injectable } from '@nestjs/common';
import { Committer } from './committer.ts';
import { sessionOptions } from './data-source.ts';
import { ENVIRONMENT, type Environment } from './environment.ts';
import { HubClient } from './hub-client.ts';

const dutyLock = 7251044;
const askAgainMs = 250;

/** The time during which this process is the one that drives the pipeline. */
export interface Shift {
  epoch: number;
  /** Aborted when the duty is lost: the session that holds the lock has ended. */
  lost: AbortSignal;
  end(): Promise<void>;
}

/**
 * Of several workers on one database one is on duty; the others stand by and take over when its session ends, however that comes. The
 * lock only says whose turn it is: what keeps a worker from writing that has not noticed yet is the committer's epoch.
 */
@Injectable()
export class Duty {
  constructor(
    @Inject(ENVIRONMENT) private readonly environment: Environment,
    private readonly committer: Committer,
  ) {}

  /** Resolves when it is this process's turn; with null when `stopping` comes first. A database that is away is waited for. */
  async begin(stopping: AbortSignal): Promise<Shift | null> {
    while (!stopping.aborted) {
      const shift = await this.standBy(stopping).catch(() => null);
      if (shift !== null) return shift;
      await pause(stopping);
    }
    return null;
  }

  private async standBy(stopping: AbortSignal): Promise<Shift | null> {
    const lost = new AbortController();
    const session = new HubClient({
      connectionString: this.environment.databaseUrl,
      application_name: 'cinch duty',
      keepAlive: true,
      options: sessionOptions,
    });
    session.on('error', () => lost.abort());
    session.on('end', () => lost.abort());
    const end = () => session.sayGoodbye();
    try {
      await session.connect();
      while (!(await takes(session))) {
        await pause(stopping);
        stopping.throwIfAborted();
      }
      const epoch = await this.committer.takeDuty();
      lost.signal.throwIfAborted();
      return { epoch, lost: lost.signal, end };
    } catch (error) {
      await end();
      throw error;
    }
  }
}

async function takes(session: HubClient): Promise<boolean> {
  const { rows } = await session.query<{ taken: boolean }>('select pg_try_advisory_lock($1) as taken', [dutyLock]);
  return rows[0]!.taken;
}

async function pause(stopping: AbortSignal): Promise<void> {
  await wait(askAgainMs, undefined, { signal: stopping }).catch(() => undefined);
}
