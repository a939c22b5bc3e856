import { AsyncLocalStorage } from 'node:async_hooks';
import { Injectable, Logger } from '@nestjs/common';
import { careAfterDeath } from '@cinch/api-contract';
import { Clock } from './clock.ts';
import type { Predecessor } from './duty.ts';
import { mostBlind, mostTriesAlone } from './halving.ts';
import { Lanes } from './lanes.ts';
import { Database } from './transaction.ts';
import { Troubles } from './troubles.ts';

/** A larger piece of the worker's work that could end the hub by itself; of a system, its refresh or its lane. */
type Work =
  | 'mapping'
  | 'rules'
  | 'time'
  | 'match-model'
  | 'match-keys'
  | 'take-back'
  | 'replay'
  | 'replay-line'
  | `system ${number}`;

/** The hub died while this was under way. */
interface Suspicion {
  mark: string;
  /** How often while it was tried alone. */
  deaths: number;
  /** It is not put aside, since the hub dies over everything: it is tried again then, by the clock that never goes back. */
  waitsUntil: number | null;
}

const dayMs = 24 * 60 * 60_000;

/**
 * Notes what is begun, in a commit of its own, and that it is over: what is still noted when the one on duty has died may have killed it. Each
 * such piece is tried again, one of them at a time, beside work that is under no suspicion. Over which the hub then dies twice, that is put
 * aside and told, so that everything else goes on; it is tried again when its mark is another one: what it is about has changed, or the
 * day has.
 */
@Injectable()
export class WorkUnderWay {
  private readonly log = new Logger('WorkUnderWay');
  private follows: Predecessor = 'left';
  private settling: Promise<void> | null = null;
  private readonly suspicions = new Map<Work, Suspicion>();
  private readonly aside = new Map<Work, string>();
  /** What is tried alone. */
  private trial: Work | null = null;
  /** What belongs to it is done with it: it would wait for itself. */
  private readonly withinTrial = new AsyncLocalStorage<true>();

  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
    private readonly lanes: Lanes,
    private readonly troubles: Troubles,
  ) {}

  /** This process is on duty from now on. */
  lookAgain(follows: Predecessor): void {
    this.follows = follows;
    this.settling = null;
  }

  /** The mark of a piece that nothing else names: it is tried again the next day. */
  today(): string {
    return `day ${Math.floor(this.clock.now() / dayMs)}`;
  }

  /** It is under suspicion, and another one is being tried, or everything kills. */
  mustWait(work: Work): boolean {
    const suspicion = this.suspicions.get(work);
    if (!suspicion) return false;
    return this.trial !== null || performance.now() < (suspicion.waitsUntil ?? 0);
  }

  /**
   * Does the piece; false when it is put aside or has to wait. `giveUp`: ends what the piece belongs to when it is put aside, so that it does
   * not come again.
   */
  async attempt(
    work: Work,
    mark: string,
    piece: () => Promise<unknown>,
    giveUp?: (deaths: number) => Promise<void>,
  ): Promise<boolean> {
    if (this.aside.get(work) === mark) return false;
    await this.settled();
    const suspicion = this.withinTrial.getStore() ? undefined : this.suspicionOf(work, mark);
    if (suspicion && this.mustWait(work)) return false;
    if (suspicion && suspicion.deaths >= mostTriesAlone && suspicion.waitsUntil === null) {
      await this.putAside(work, suspicion, giveUp);
      return false;
    }
    if (suspicion) this.trial = work;
    let isDone = false;
    try {
      await this.begin(work, mark, suspicion !== undefined);
      await (suspicion ? this.withinTrial.run(true, piece) : piece());
      isDone = true;
    } finally {
      if (this.trial === work) this.trial = null;
      // Where the database is away the note stays, and the next duty of this process knows that it lives.
      await this.end(work, isDone).catch(() => undefined);
    }
    return true;
  }

  /** Resolves when the note stands, with how often the hub has died over this piece: alone, and if not, whether at all. */
  async begin(work: Work, mark: string, isAlone: boolean): Promise<{ deaths: number; isSuspect: boolean }> {
    await this.settled();
    const [row] = await this.database.glance((tx) =>
      tx.query<{ deaths: number; isSuspect: boolean }>(
        `insert into work_under_way as w (work, mark, begun_at, open, process, alone) values ($1, $2, $3, true, $4, $5)
         on conflict (work) do update set mark = excluded.mark, begun_at = excluded.begun_at, open = true,
           process = excluded.process, alone = excluded.alone,
           deaths = case when w.mark = excluded.mark then w.deaths else 0 end,
           aside_at = case when w.mark = excluded.mark then w.aside_at end
         returning deaths, suspect as "isSuspect"`,
        [work, mark, new Date(this.clock.now()), this.lanes.processName, isAlone],
      ),
    );
    return row!;
  }

  async end(work: Work, isDone: boolean): Promise<void> {
    await this.database.glance((tx) =>
      tx.query(
        `update work_under_way set open = false, alone = false,
           deaths = case when $2 then 0 else deaths end, suspect = suspect and not $2,
           aside_at = case when $2 then null else aside_at end, done_at = case when $2 then $3 else done_at end
         where work = $1 and process = $4`,
        [work, isDone, new Date(this.clock.now()), this.lanes.processName],
      ),
    );
    if (isDone) this.suspicions.delete(work);
  }

  private suspicionOf(work: Work, mark: string): Suspicion | undefined {
    const suspicion = this.suspicions.get(work);
    // It has moved on since: it is still tried alone, and not for what it died over before.
    if (suspicion && suspicion.mark !== mark) this.suspicions.set(work, { mark, deaths: 0, waitsUntil: null });
    return this.suspicions.get(work);
  }

  /** Once in each duty: what was under way when the last one died is under suspicion; what was tried alone, more so. */
  private settled(): Promise<void> {
    this.settling ??= this.settle().catch((error: unknown) => {
      this.settling = null;
      throw error;
    });
    return this.settling;
  }

  private async settle(): Promise<void> {
    const rows = await this.database.glance((tx) =>
      tx.query<{ work: Work; mark: string; deaths: number; isSuspect: boolean }>(
        `update work_under_way set open = false, alone = false,
           suspect = suspect or (open and $1), deaths = deaths + (open and alone and $1)::int
         where open or suspect returning work, mark, deaths, suspect as "isSuspect"`,
        [this.follows === 'died'],
      ),
    );
    this.suspicions.clear();
    for (const { work, mark, deaths, isSuspect } of rows)
      if (isSuspect) this.suspicions.set(work, { mark, deaths, waitsUntil: null });
  }

  private async putAside(work: Work, suspicion: Suspicion, giveUp?: (deaths: number) => Promise<void>): Promise<void> {
    const { mark, deaths } = suspicion;
    if (await this.isTheMachine(work)) {
      suspicion.waitsUntil = performance.now() + careAfterDeath.longestRestMs;
      this.troubles.meet('dies-at-work');
      return;
    }
    await giveUp?.(deaths);
    // What was given up does not come again by itself: whoever begins it anew has it tried anew.
    await this.database.glance((tx) =>
      tx.query(
        `update work_under_way set open = false, aside_at = coalesce(aside_at, $2),
           suspect = suspect and not $3, deaths = case when $3 then 0 else deaths end where work = $1`,
        [work, new Date(this.clock.now()), giveUp !== undefined],
      ),
    );
    if (giveUp) this.suspicions.delete(work);
    else this.aside.set(work, mark);
    this.log.error(`The hub died ${deaths} times over ${work} (${mark}): it is put aside, everything else goes on.`);
  }

  /** Others were put aside, and nothing has been done since. */
  private async isTheMachine(work: Work): Promise<boolean> {
    const [row] = await this.database.glance((tx) =>
      tx.query<{ others: number }>(
        `select count(*)::int as others from work_under_way
         where work <> $1 and aside_at > coalesce((select max(done_at) from work_under_way), '-infinity')`,
        [work],
      ),
    );
    return row!.others >= mostBlind;
  }
}
