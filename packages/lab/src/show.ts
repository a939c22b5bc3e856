import { canonicalModelDocument, Model, ruleDocument, type AttributeId } from '@cinch/canonical-model';
import { armIds, arms, type ArmId } from './arms/arms.ts';
import type { Cell } from './cells.ts';
import { dialPoint, type DialPoint } from './dial.ts';
import { measuredFrom, type Seen } from './measured.ts';
import { pairOf, type Models, type Pair, type Side } from './pair.ts';
import { play, type Played, type Sample } from './play.ts';
import { dayMs, usualRates, type Delivery, type Setting } from './setting.ts';
import { storyOf, type Story } from './story.ts';
import { summarize, type ArmSummary } from './summary.ts';
import { attributesTable, daysTable, figuresTable, type Table } from './tables.ts';
import { workloadOf } from './workload.ts';

/** What a console asks for: two published mappings, the rules and the model in force, and the size of the play. */
export interface ShowInput {
  documents: readonly [unknown, unknown];
  rules: unknown;
  model: { document: unknown; version: number };
  models: Models;
  delivery: Delivery;
  mistake: 'none' | 'misread' | 'versions';
  customers: number;
  days: number;
  seeds: number;
  refreshDays: number;
  /** Edits of a customer in a year. */
  edits: number;
  /** What the hub has seen of its own systems, which stands for what is usual; null: as is usual. */
  seen: Seen | null;
}

/** A cell that begins or ceases to differ: when (in days), whose, in which system, which attribute, and whether it differs from then on. */
export type Turn = readonly [at: number, customer: number, side: Side, attribute: number, isDrifted: boolean];

export interface ShownArm {
  id: ArmId;
  label: string;
  says: string;
  summary: ArmSummary;
  /** Of the first seed, which is the one that plays day by day. */
  samples: readonly Sample[];
  turns: readonly Turn[];
}

export interface Show {
  input: ShowInput;
  codes: readonly [string, string];
  attributes: readonly { id: AttributeId; label: string }[];
  leftOut: Pair['leftOut'];
  /** How many customers there were by the end. */
  customers: number;
  meant: number;
  arms: readonly ShownArm[];
  tables: { figures: Table; days: Table; attributes: Table };
}

/** Told after each piece of work. */
export type Progress = (done: number, of: number) => void;

function pairIn({ documents, rules, model, models }: ShowInput): Pair {
  const compiled = new Model(canonicalModelDocument.parse(model.document), model.version);
  return pairOf({ documents, models, rules: ruleDocument.parse(rules), model: compiled });
}

function settingIn(input: ShowInput, pair: Pair, seed: number): Setting {
  const measured = input.seen && measuredFrom(input.seen, pair);
  const { customers, days, models, delivery, refreshDays, mistake, edits } = input;
  const third = Math.max(1, Math.round(days / 3));
  return {
    seed,
    customers,
    days,
    models,
    delivery,
    refreshDays,
    faultFrom: mistake === 'misread' ? third : null,
    versionFrom: mistake === 'versions' ? third : null,
    ...measured,
    rates: { ...(measured?.rates ?? usualRates), edits },
  };
}

const firstSeed = 1;

/** Plays all arms, once for each seed. */
export function show(input: ShowInput, progress: Progress): Show {
  const pair = pairIn(input);
  const ids = [...new Set(pair.attributes.flat())];
  const of = armIds.length * input.seeds;
  const logs = Array.from({ length: input.seeds }, (_, index) =>
    workloadOf(pair, settingIn(input, pair, firstSeed + index)),
  );
  const shown = armIds.map((id, place): ShownArm => {
    const turns: Turn[] = [];
    const onTurn = ({ customer, side, attribute }: Cell, isDrifted: boolean, at: number) =>
      turns.push([at / dayMs, customer, side, ids.indexOf(attribute), isDrifted]);
    const played = logs.map((log, index): Played => {
      const one = play(pair, settingIn(input, pair, firstSeed + index), log, id, index === 0 ? { onTurn } : {});
      progress(place * input.seeds + index + 1, of);
      return one;
    });
    const { label, says } = arms[id];
    return { id, label, says, summary: summarize(played), samples: played[0]!.samples, turns };
  });
  const summaries = [{ scenario: `${input.models}-${input.delivery}`, arms: shown.map(({ summary }) => summary) }];
  const created = logs[0]!.entries.filter(({ act }) => act === 'create').length;
  return {
    input,
    codes: pair.codes,
    attributes: ids.map((id) => ({ id, label: pair.model.labelOf(id) })),
    leftOut: pair.leftOut,
    customers: input.customers + created,
    meant: logs[0]!.entries.length,
    arms: shown,
    tables: { figures: figuresTable(summaries), days: daysTable(summaries), attributes: attributesTable(summaries) },
  };
}

/** How a cell came to hold what it holds at the end of that day, in the play of the first seed. */
export function tell(input: ShowInput, arm: ArmId, cell: Cell, day: number): Story {
  const pair = pairIn(input);
  const setting = settingIn(input, pair, firstSeed);
  return storyOf(pair, setting, workloadOf(pair, setting), arm, cell, day);
}

/** Tries refresh periods on the same workload. */
export function tryPeriods(input: ShowInput, arm: ArmId, periods: readonly number[], progress: Progress): DialPoint[] {
  const pair = pairIn(input);
  const seeds = Array.from({ length: input.seeds }, (_, index) => firstSeed + index);
  return periods.map((refreshDays, index) => {
    const point = dialPoint(() => pair, settingIn(input, pair, firstSeed), seeds, refreshDays, arm);
    progress(index + 1, periods.length);
    return point;
  });
}
