import { mulberry32 } from '../scripts/mulberry32.ts';
import { benchRows } from './population.ts';

/** What a system told of a record beside the load. `at`: business time in milliseconds since 1970. */
export interface Telling {
  act: 'whole' | 'patch' | 'increment' | 'delete';
  at: number;
  /** As an event, or as a pushed row. */
  form: 'event' | 'row';
  version: number | null;
}

export interface ToldRecord {
  key: string;
  /** What is told of it, in words. */
  plot: string;
  data: Record<string, unknown>;
  /** When its first row says that it was changed; null for a record that the hub did not know before the load. */
  firstAt: number | null;
  isShown: boolean;
  tellings: readonly Telling[];
}

/** A telling of a plot: when, in milliseconds from the instant of the load; `long-ago`: before the row that the hub has. */
interface Act {
  act: Telling['act'];
  at: number | 'long-ago';
  form?: 'row';
  isUnversioned?: true;
}

const whole = (at: number, form?: 'row'): Act => ({ act: 'whole', at, form });
const patch = (at: number): Act => ({ act: 'patch', at });
const deleted = (at: Act['at']): Act => ({ act: 'delete', at, isUnversioned: at === 'long-ago' ? true : undefined });

/** What is told of records that the hub has. */
const plots: Record<string, Act[]> = {
  nothing: [],
  'a late patch': [patch(-20_000)],
  'a patch at the very instant': [patch(0)],
  'a patch right after the instant': [patch(1)],
  'a patch': [patch(9_000)],
  'a patch without a version': [{ ...patch(8_000), isUnversioned: true }],
  'a late patch without a version': [{ ...patch(-8_000), isUnversioned: true }],
  'a late whole row': [whole(-15_000)],
  'a whole row': [whole(12_000)],
  'a pushed row': [whole(14_000, 'row')],
  'a late increment': [{ act: 'increment', at: -5_000 }],
  'an increment': [{ act: 'increment', at: 5_000 }],
  'a delete': [deleted(10_000)],
  'a late delete': [deleted(-10_000)],
  'a delete from before its row': [deleted('long-ago')],
  'a delete, then a whole row': [deleted(10_000), whole(20_000)],
  'a late delete, then a late whole row': [deleted(-20_000), whole(-10_000)],
  'a late patch, then a patch': [patch(-10_000), patch(10_000)],
};
/** What is told of records that the hub does not know. */
const newPlots: Record<string, Act[]> = {
  'first a whole row': [whole(10_000)],
  'first a late whole row': [whole(-10_000)],
  'first a late whole row, then a patch': [whole(-10_000), patch(10_000)],
  'first a late whole row, then a late patch': [whole(-10_000), patch(-5_000)],
  'first a pushed row': [whole(10_000, 'row')],
  'only a patch': [patch(10_000)],
  'only a late delete': [deleted(-10_000)],
};

/** How many records of each kind: of the gone ones two in five are told nothing of. */
const [untoldGone, toldPresent, newOnes] = [0.4, 3_000, 350];

/** Records of one system: those that the load does not show come first, those that are told of only during the load last. */
export function toldRecords(count: number, gone: number, asOf: number): ToldRecord[] {
  const draw = mulberry32(29);
  const records: ToldRecord[] = [];
  for (const { system, key, data } of benchRows(8, 3 * (count + newOnes))) {
    if (system !== 'adipose') continue;
    const at = records.length;
    const isNew = at >= count;
    if (at >= count + newOnes) break;
    const isShown = at >= gone && !isNew;
    const isTold = isNew || (isShown ? at < gone + toldPresent : draw() >= untoldGone);
    const offered = Object.keys(isNew ? newPlots : plots);
    const plot = isTold ? offered[Math.floor(draw() * offered.length)]! : 'nothing';
    const firstAt = Number(data.upd) * 1000;
    if (firstAt >= asOf - 60_000) throw new Error('The rows of the population must be older than the load.');
    const acts = (isNew ? newPlots : plots)[plot]!;
    const tellings = acts.map(({ act, at: when, form, isUnversioned }, index): Telling => {
      const version = isUnversioned ? null : Number(data.ver) + 1 + index;
      return { act, at: when === 'long-ago' ? firstAt - 86_400_000 : asOf + when, form: form ?? 'event', version };
    });
    records.push({ key, plot, data, firstAt: isNew ? null : firstAt, isShown, tellings });
  }
  return records;
}

/**
 * Whether the load has to flag it, by the rules alone: not shown, nothing told of it from after the load's instant, and neither deleted
 * nor never told of whole.
 */
export function mustBeOld({ firstAt, isShown, tellings }: ToldRecord, asOf: number): boolean {
  if (isShown || tellings.some(({ at }) => at > asOf)) return false;
  const first = firstAt === null ? [] : [{ act: 'whole', at: firstAt }];
  const turns = [...first, ...tellings].filter(({ act }) => act === 'whole' || act === 'delete');
  return turns.toSorted((a, b) => a.at - b.at).at(-1)?.act === 'whole';
}
