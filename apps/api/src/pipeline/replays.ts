import { Injectable } from '@nestjs/common';
import type { ReplayAnswer } from '@cinch/api-contract';
import { rehearse } from '../platform/attempt.ts';
import { Audit } from '../platform/audit.ts';
import { Clock } from '../platform/clock.ts';
import { Committer } from '../platform/committer.ts';
import { ProblemError } from '../platform/problem-error.ts';
import { mostTriesAlone } from '../platform/halving.ts';
import { PieceSize } from '../platform/piece-size.ts';
import { Database, type Tx } from '../platform/transaction.ts';
import { WorkUnderWay } from '../platform/work-under-way.ts';
import { LinesStore } from '../stages/inbox/lines.store.ts';
import { WaitingStore } from '../stages/records/waiting.store.ts';
import {
  ReplaysStore,
  startingAlike,
  type ErrorLine,
  type ReplayedLine,
  type Selection,
} from '../stages/replays/replays.store.ts';
import { HeardAgain } from './heard-again.ts';
import { Ingest } from './ingest.ts';
import { toldBy } from './parcels.ts';
import { LoadMarks } from './load-marks.ts';
import { stoppedIds, SystemsInForce, type SystemInForce } from './systems-in-force.ts';

/** What is worked on in one commit, as much as of the inbox. */
const mostLines = 500;
const mostBytes = 16 * 1024 * 1024;
/** A dry run holds up the committer, so it tries the first ones only: as many as take this long, and no more than that. */
const [mostTried, mostTriedMs] = [2_000, 80];
const triedAtOnce = 50;

/**
 * Lines of the error log enter the pipeline again, as they were accepted and with the instant at which they were: a line goes from the
 * log to where it then is in one commit. What they change waits for the next refresh.
 */
@Injectable()
export class Replays {
  private readonly pieces = new PieceSize(mostLines);

  constructor(
    private readonly database: Database,
    private readonly committer: Committer,
    private readonly clock: Clock,
    private readonly systems: SystemsInForce,
    private readonly ingest: Ingest,
    private readonly marks: LoadMarks,
    private readonly lines: LinesStore,
    private readonly waiting: WaitingStore,
    private readonly replays: ReplaysStore,
    private readonly audit: Audit,
    private readonly underWay: WorkUnderWay,
    private readonly heardAgain: HeardAgain,
  ) {}

  /** How the lines would fare now: they are worked on for real, and all of it is taken back. */
  foresee(selection: Selection): Promise<ReplayAnswer> {
    return this.committer.commit(async (tx) => {
      await this.mustKnow(tx, selection);
      const counts = await this.replays.count(tx, selection);
      const inForce = await this.systems.load(tx);
      return rehearse(tx, async () => {
        const tried: ReplayedLine[] = [];
        const left = await this.replays.first(tx, selection, mostTried);
        const began = performance.now();
        while (left.length > 0 && performance.now() - began < mostTriedMs) {
          const done = await this.workOn(tx, inForce, startingAlike(left).slice(0, triedAtOnce));
          tried.push(...done);
          const gone = new Set(done.map(nameOf));
          left.splice(0, left.length, ...left.filter((line) => !gone.has(nameOf(line))));
        }
        const outcomes = await this.outcomes(tx, tried);
        return { dryRun: true, replayId: null, ...counts, tried: tried.length, outcomes };
      });
    });
  }

  /** From now on the lines are under way; the worker takes them in. */
  ask(selection: Selection, asked: string, by: string): Promise<ReplayAnswer> {
    return this.committer.commit(async (tx) => {
      await this.mustKnow(tx, selection);
      const counts = await this.replays.count(tx, selection);
      const replayId = await this.replays.open(tx, selection, asked, by, this.clock.now());
      if (replayId !== null) await this.audit.note(tx, by, `replay of ${counts.lines} lines`, `replay ${replayId}`);
      return { dryRun: false, replayId, ...counts, tried: 0, outcomes: [] };
    });
  }

  /** Works on the next lines in one commit. False when no replay is under way. */
  async next(): Promise<boolean> {
    const openId = await this.database.glance((tx) => this.replays.openId(tx));
    if (openId === null) return false;
    if (await this.heardAgain.next(openId)) return true;
    // Once the hub has died over it, the rest of the replay is worked on line by line.
    const { isSuspect: isAlone } = await this.underWay.begin('replay', `replay ${openId}`, false);
    try {
      return await this.piece(isAlone);
    } finally {
      await this.underWay.end('replay', false).catch(() => undefined);
      if (isAlone) await this.underWay.end('replay-line', false).catch(() => undefined);
    }
  }

  private piece(isAlone: boolean): Promise<boolean> {
    let taken = 0;
    const held = (ms: number) => {
      if (!isAlone) this.pieces.took(taken, ms);
    };
    const work = async (tx: Tx) => {
      const next = await this.replays.next(tx, isAlone ? 1 : this.pieces.now);
      if (!next) return false;
      const { replayId, lines } = next;
      taken = lines.length;
      if (lines.length === 0) await this.replays.close(tx, replayId, this.clock.now());
      else {
        const known = isAlone ? await this.underWay.begin('replay-line', nameOf(lines[0]!), true) : null;
        const done =
          (known?.deaths ?? 0) < mostTriesAlone
            ? await this.workOn(tx, await this.systems.load(tx), lines)
            : lines.map(({ batchId, line }) => ({ batchId, line, place: 'error' as const }));
        await this.replays.note(tx, replayId, done, this.clock.now());
      }
      return true;
    };
    return this.committer.commit(work, { held });
  }

  /** Lines of one system and load: those that can be read at once. */
  private async workOn(
    tx: Tx,
    inForce: ReadonlyMap<number, SystemInForce>,
    lines: readonly ErrorLine[],
  ): Promise<ReplayedLine[]> {
    const { systemId, loadId } = lines[0]!;
    const { lens } = inForce.get(systemId)!;
    const arrivals = stoppedIds(inForce).includes(systemId) ? [] : await this.lines.read(tx, lines, mostBytes);
    // Whatever it was, without their bytes or a mapping, or while a person is asked about their system, they stay where they are.
    if (arrivals.length === 0) return lines.map(({ batchId, line }) => ({ batchId, line, place: 'error' }));
    await this.waiting.forget(tx, arrivals);
    const from = { systemId, lens, kind: 'push', runId: null, isReplay: true } as const;
    const places = await this.ingest.withoutPoison(tx, inForce, toldBy(from, arrivals));
    await this.marks.noteSeen(tx, await this.marks.loadOf(tx, { loadId }), lens, { arrivals }, places);
    const replayed = arrivals.map(({ batchId, line }, index) => ({ batchId, line, place: places[index]! }));
    await this.lines.moved(tx, replayed);
    return replayed;
  }

  private async outcomes(tx: Tx, tried: readonly ReplayedLine[]): Promise<ReplayAnswer['outcomes']> {
    const good = (['applied', 'superseded'] as const).map((outcome) => {
      return { outcome, code: null, lines: tried.filter(({ place }) => place === outcome).length };
    });
    const codes = await this.replays.codes(
      tx,
      tried.filter(({ place }) => place === 'error'),
    );
    const bad = codes.map((row) => ({ outcome: 'error' as const, ...row }));
    return [...good.filter(({ lines }) => lines > 0), ...bad];
  }

  private async mustKnow(tx: Tx, { ids }: Selection): Promise<void> {
    const [unknown] = ids ? await this.replays.unknown(tx, ids) : [];
    if (unknown !== undefined)
      throw new ProblemError('not-found', 'One of the entries is not in the error log: look up their ids anew.');
  }
}

function nameOf({ batchId, line }: { batchId: number; line: number }): string {
  return `${batchId}.${line}`;
}
