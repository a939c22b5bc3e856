import { setTimeout as wait } from 'node:timers/promises';
import { Inject, Injectable, Logger } from '@nestjs/common';
import { duty as limits } from '@cinch/api-contract';
import { Committer } from './committer.ts';
import { sessionOptions } from './data-source.ts';
import { doorbell } from './doorbell.ts';
import { ENVIRONMENT, type Environment } from './environment.ts';
import { Heartbeat, type Beat } from './heartbeat.ts';
import { HoldTimes } from './hold-times.ts';
import { HubClient } from './hub-client.ts';
import { Lanes } from './lanes.ts';
import { Database } from './transaction.ts';

const dutyLock = 7251044;
const askAgainMs = 250;

/**
 * How the one that was on duty before has ended, and with it what it had under way: it is this process itself, which lives on; it left in
 * order, or lives and has lost its duty; or it died, as far as can be seen from outside.
 */
export type Predecessor = 'itself' | 'left' | 'died';

/** The time during which this process is the one that drives the pipeline. */
export interface Shift {
  epoch: number;
  follows: Predecessor;
  /** Aborted when the duty is lost: the session that holds the lock has ended, or another process has taken over. */
  lost: AbortSignal;
  end(): Promise<void>;
}

/**
 * Of several workers on one database one is on duty; the others stand by and take over when its session ends, however that comes, or
 * when it has said nothing for some seconds. The lock only says whose turn it is: what keeps a worker from writing that has not noticed
 * yet is the committer's epoch.
 */
@Injectable()
export class Duty {
  private readonly log = new Logger('Duty');

  constructor(
    @Inject(ENVIRONMENT) private readonly environment: Environment,
    private readonly database: Database,
    private readonly committer: Committer,
    private readonly heartbeat: Heartbeat,
    private readonly lanes: Lanes,
    private readonly holds: HoldTimes,
  ) {}

  /**
   * Resolves when it is this process's turn; with null when `stopping` comes first. A database that is away is waited for. From then on
   * `hear` is told for whom other processes have made work, or '' where they do not say.
   */
  async begin(stopping: AbortSignal, hear: (name: string) => void = () => {}): Promise<Shift | null> {
    while (!stopping.aborted) {
      const shift = await this.standBy(stopping, hear).catch(() => null);
      if (shift !== null) return shift;
      await pause(askAgainMs, stopping);
    }
    return null;
  }

  private async standBy(stopping: AbortSignal, hear: (name: string) => void): Promise<Shift | null> {
    const lost = new AbortController();
    const session = new HubClient({
      connectionString: this.environment.databaseUrl,
      application_name: this.lanes.nameOf('duty'),
      keepAlive: true,
      options: sessionOptions,
      query_timeout: limits.answerMs,
    });
    session.on('error', () => lost.abort());
    session.on('end', () => lost.abort());
    session.on('notification', ({ payload }) => hear(payload ?? ''));
    const end = () => session.sayGoodbye();
    try {
      await session.connect();
      await this.endEarlierSessions(session);
      let isRelieved = false;
      while (!(await takes(session))) {
        isRelieved ||= await this.relieveTheSilent(session);
        await pause(askAgainMs, stopping);
        stopping.throwIfAborted();
      }
      const follows = isRelieved ? 'died' : await this.predecessor(session, stopping);
      // What the last one still had at work would hold the committer's lock for as long as that takes.
      await this.breakOff(session, this.heartbeat.silence.last?.process ?? '');
      const epoch = await this.committer.takeDuty(this.lanes.processName);
      await session.query(`listen ${doorbell}`);
      lost.signal.throwIfAborted();
      void this.beat(session, lost);
      return { epoch, follows, lost: lost.signal, end };
    } catch (error) {
      await end();
      throw error;
    }
  }

  /** Beside the work, in the same loop of events: where that stands still, so does this. */
  private async beat(session: HubClient, lost: AbortController): Promise<void> {
    while (!lost.signal.aborted) {
      await pause(limits.beatMs, lost.signal);
      const beaten = await session
        .query<Beat>(
          `update heartbeat set beats = beats + 1, beat_at = clock_timestamp(), holds = $2 where process = $1
           returning process, epoch, beats, beat_at as at`,
          [this.lanes.processName, JSON.stringify(this.holds.longest())],
        )
        .catch(() => null);
      const own = beaten?.rows[0];
      if (own) {
        this.heartbeat.noteOwn(own);
        continue;
      }
      // No answer in time is as good as none: somebody else takes over soon.
      lost.abort();
      session.breakOff();
    }
  }

  /** Whoever holds the duty and has said nothing for so long is frozen, or cannot be heard: its sessions are ended, and with them its locks. */
  private async relieveTheSilent(session: HubClient): Promise<boolean> {
    const { ms, last } = this.heartbeat.silence;
    if (ms < limits.silentMs) return false;
    const ended = last === null ? 0 : await this.breakOff(session, last.process, last.beats);
    if (ended > 0)
      this.log.warn(`The worker on duty has said nothing for ${Math.round(ms / 1000)} s: its duty is taken.`);
    // It holds the lock and has never said anything.
    const neverSpoke = ended === 0 && ms > limits.neverSpokeMs;
    if (neverSpoke) await session.query(breakOffHolder, [dutyLock]);
    return ended > 0 || neverSpoke;
  }

  /** A process that lives looks every second whether somebody is at work: the session by which it does that ends with it. */
  private async predecessor(session: HubClient, stopping: AbortSignal): Promise<Predecessor> {
    const look = async () => {
      const { rows } = await session.query<{ process: string; leaving: boolean; lives: boolean }>(
        `select process, leaving, exists (select 1 from pg_stat_activity
           where datname = current_database() and application_name = $1 || process) as lives from heartbeat`,
        [this.lanes.nameOf('vital', '')],
      );
      return rows[0];
    };
    const last = await look();
    if (last?.process === this.lanes.processName) return 'itself';
    if (last === undefined || last.leaving) return 'left';
    if (!last.lives) return 'died';
    // The sessions of one that has just died do not all end at the same instant.
    await pause(askAgainMs, stopping);
    return (await look())!.lives ? 'left' : 'died';
  }

  /** This process ends in order: whatever it does not finish has not killed it. */
  async leave(): Promise<void> {
    await this.database
      .in('vital')
      .transaction((tx) => tx.query('update heartbeat set leaving = true where process = $1', [this.lanes.processName]))
      .catch(() => undefined);
  }

  /** Of an earlier shift of this process that nobody hears any more the server may not know yet: its lock would have to be waited for. */
  private async endEarlierSessions(session: HubClient): Promise<void> {
    await session.query(
      `select pg_terminate_backend(pid) from pg_stat_activity
       where datname = current_database() and application_name = $1 and pid <> pg_backend_pid()`,
      [this.lanes.nameOf('duty')],
    );
  }

  /** `beats`: only where it has not said anything since. */
  private async breakOff(session: HubClient, process: string, beats: number | null = null): Promise<number> {
    if (process === '' || process === this.lanes.processName) return 0;
    const names = (['duty', 'work', 'plans', 'commits'] as const).map((lane) => this.lanes.nameOf(lane, process));
    const { rowCount } = await session.query(
      `select pg_terminate_backend(pid) from pg_stat_activity
       where datname = current_database() and application_name = any($1)
         and exists (select 1 from heartbeat where process = $2 and beats = coalesce($3, beats))`,
      [names, process, beats],
    );
    return rowCount ?? 0;
  }
}

const breakOffHolder = `select pg_terminate_backend(pid) from pg_locks
  where locktype = 'advisory' and objid = $1 and granted
    and database = (select oid from pg_database where datname = current_database())`;

async function takes(session: HubClient): Promise<boolean> {
  const { rows } = await session.query<{ taken: boolean }>('select pg_try_advisory_lock($1) as taken', [dutyLock]);
  return rows[0]!.taken;
}

async function pause(ms: number, over: AbortSignal): Promise<void> {
  await wait(ms, undefined, { signal: over }).catch(() => undefined);
}
