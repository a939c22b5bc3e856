import { Injectable, Logger } from '@nestjs/common';
import { Clock } from './clock.ts';
import { Database } from './transaction.ts';

/** A larger piece of the worker's work that could end the hub by itself. */
type Work = 'mapping' | 'rules' | 'time' | 'match-model' | 'match-keys' | 'replay' | 'replay-line';

/** A piece over which the hub has died so often in a row is put aside: more often than a line that kills beside it needs to be found. */
const mostDeaths = 5;
const dayMs = 24 * 60 * 60_000;

/**
 * Notes what is begun, in a commit of its own, and that it is over: what is still noted when a process begins it anew has ended the last one.
 * A piece that does so again and again is put aside and told, so that everything else goes on; it is tried again when its mark is another
 * one: what it is about has changed, or the day has.
 */
@Injectable()
export class WorkUnderWay {
  private readonly log = new Logger('WorkUnderWay');
  /** What this process itself began, by its work: that it did not end is no death. */
  private readonly own = new Map<Work, string>();
  private readonly aside = new Map<Work, string>();

  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
  ) {}

  /** The mark of a piece that nothing else names: it is tried again the next day. */
  today(): string {
    return `day ${Math.floor(this.clock.now() / dayMs)}`;
  }

  /** Does the piece; false when it is put aside. One that is done has not died in a row. */
  async attempt(work: Work, mark: string, piece: () => Promise<unknown>): Promise<boolean> {
    if (this.aside.get(work) === mark) return false;
    if ((await this.begin(work, mark)) >= mostDeaths) {
      await this.putAside(work, mark);
      return false;
    }
    let isDone = false;
    try {
      await piece();
      isDone = true;
    } finally {
      // Where the database is away the note stays, and this process knows that it is its own.
      await this.end(work, isDone).catch(() => undefined);
    }
    return true;
  }

  /** Resolves when the note stands, with how often the hub has died over this piece. */
  async begin(work: Work, mark: string): Promise<number> {
    const isOwn = this.own.get(work) === mark;
    const [row] = await this.database.transaction((tx) =>
      tx.query<{ deaths: number }>(
        `insert into work_under_way as w (work, mark, begun_at, open) values ($1, $2, $3, true)
         on conflict (work) do update set mark = excluded.mark, begun_at = excluded.begun_at, open = true,
           deaths = case when w.mark <> excluded.mark then 0 when w.open and not $4 then w.deaths + 1 else w.deaths end,
           aside_at = case when w.mark = excluded.mark then w.aside_at end
         returning deaths`,
        [work, mark, new Date(this.clock.now()), isOwn],
      ),
    );
    this.own.set(work, mark);
    return row!.deaths;
  }

  async end(work: Work, isDone: boolean): Promise<void> {
    await this.database.transaction((tx) =>
      tx.query('update work_under_way set open = false, deaths = case when $2 then 0 else deaths end where work = $1', [
        work,
        isDone,
      ]),
    );
  }

  private async putAside(work: Work, mark: string): Promise<void> {
    await this.database.transaction((tx) =>
      tx.query('update work_under_way set open = false, aside_at = coalesce(aside_at, $2) where work = $1', [
        work,
        new Date(this.clock.now()),
      ]),
    );
    this.aside.set(work, mark);
    this.log.error(
      `The hub died ${mostDeaths} times over ${work} (${mark}): it is put aside, everything else goes on.`,
    );
  }
}
