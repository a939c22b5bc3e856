import { Injectable, Logger, type OnModuleDestroy } from '@nestjs/common';
import { answeredViews } from '@cinch/api-contract';
import { fromNowhere } from '../../platform/caller-address.ts';
import { Clock } from '../../platform/clock.ts';
import { ProblemError } from '../../platform/problem-error.ts';
import { Database } from '../../platform/transaction.ts';
import { OwnViewsStore } from '../../stages/views/own-views.store.ts';

interface Counted {
  system: string;
  /** Of UTC, as 2026-03-01. */
  day: string;
  answered: number;
  unanswered: number;
}

/**
 * How often systems that ask for their own views are answered: who calls instead of keeping copies has the hub’s outages as its own, and wants
 * to know them. Counted in memory and written down each minute, since a write for each call would cost more than the call.
 */
@Injectable()
export class AnsweredViews implements OnModuleDestroy {
  private readonly log = new Logger('AnsweredViews');
  private counted = new Map<string, Counted>();
  private timer: NodeJS.Timeout | null = null;

  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
    private readonly store: OwnViewsStore,
  ) {}

  /** Passes the answer on, and notes what became of it. */
  async of<Answer>(system: string, asked: Promise<Answer>): Promise<Answer> {
    try {
      const answer = await asked;
      this.note(system, true);
      return answer;
    } catch (error) {
      this.note(system, error instanceof ProblemError && error.code === 'not-found');
      throw error;
    }
  }

  note(system: string, isAnswered: boolean): void {
    const day = new Date(this.clock.now()).toISOString().slice(0, 10);
    this.add({ system, day, answered: Number(isAnswered), unanswered: Number(!isAnswered) });
    this.timer ??= fromNowhere(() => setInterval(() => void this.write(), answeredViews.notedMs).unref());
  }

  /** What could not be written is added to what comes. */
  async write(): Promise<void> {
    const due = [...this.counted.values()];
    this.counted = new Map();
    for (const one of due) {
      try {
        await this.database.transaction((tx) => this.store.noteAnswers(tx, one));
      } catch (error) {
        this.log.warn(`Not written down yet, how often own views were answered: ${(error as Error).name}`);
        this.add(one);
      }
    }
  }

  private add({ system, day, answered, unanswered }: Counted): void {
    const name = `${day} ${system}`;
    let counted = this.counted.get(name);
    if (!counted) this.counted.set(name, (counted = { system, day, answered: 0, unanswered: 0 }));
    counted.answered += answered;
    counted.unanswered += unanswered;
  }

  async onModuleDestroy(): Promise<void> {
    if (this.timer) clearInterval(this.timer);
    await this.write();
  }
}
