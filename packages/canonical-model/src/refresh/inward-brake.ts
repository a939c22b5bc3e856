import { itemListOf, type AttributeId, type ItemListId, type PlainAttributeId } from '../customer/attributes.ts';
import type { ValueChange } from '../facts/record-state.ts';
import { canonicalJson } from '../json.ts';
import { foldText } from '../customer/fold-text.ts';
import type { Limits } from './limits.ts';

/**
 * What news may change of a record: an attribute or a list, whether it is a person or a business, or that it is there at all; `others`: a
 * record of a new system that begins, of customers that others told of; `spelling`: how values are written, which is never too much, and is
 * thrown back with what came beside it.
 */
export type NewsSubject = PlainAttributeId | ItemListId | 'kind' | 'end' | 'others' | 'spelling';

/**
 * So many rows are written for one record that changes so: what is of another kind leaves its customer, who is given a new row there, is
 * given one elsewhere, and is written to itself.
 */
const rowsFor: Partial<Record<NewsSubject, number>> = { kind: 3 };

/** What a system changes within this time is looked at together, in milliseconds. */
export const inboundWindowMs = 10 * 60 * 1000;

/** What a system usually changed in its busiest windows is looked up so far back, in milliseconds. */
export const inboundUsualMs = 30 * 24 * 60 * 60 * 1000;

/** Of what is usual, so many times as much passes. */
const timesUsual = 2;

/** So many days of much make it usual. */
const daysOfCustom = 3;

/** What is usual, by the busiest windows of the days on which anything was changed at all: a campaign now and then is no custom. */
export function usualOf(busiestByDay: readonly number[]): number {
  const sum = busiestByDay.reduce((total, records) => total + records, 0);
  return sum / Math.max(busiestByDay.length, daysOfCustom);
}

/**
 * How many records of a system may get another value of one attribute within a window before the rest of them is held. A share of 1 holds
 * nothing, however the number of records grows meanwhile.
 */
export function inwardAllowance(
  { subject, population, usual }: { subject: NewsSubject; population: number; usual: number },
  { inboundShare, inboundRows }: Pick<Limits, 'inboundShare' | 'inboundRows'>,
): number {
  if (inboundShare >= 1) return Infinity;
  const always = alwaysPassing(subject, { inboundRows });
  const share = Math.floor((population * inboundShare) / (rowsFor[subject] ?? 1));
  return Math.max(always, share, Math.floor(usual * timesUsual));
}

/** So many records may change so whatever the share. */
export function alwaysPassing(subject: NewsSubject, { inboundRows }: Pick<Limits, 'inboundRows'>): number {
  return Math.floor((inboundRows - 1) / (rowsFor[subject] ?? 1));
}

/** What values that had stood were replaced by others; another spelling of the same, in case and accents, is none. */
export function subjectsChanged(changes: readonly ValueChange[]): Set<NewsSubject> {
  const changed = changes.filter((change) => !isRespelled(change));
  return new Set(changed.map(({ attribute }) => subjectOf(attribute)));
}

/** Whether only the case or the accents of the value are others. */
export function isRespelled({ from, to }: Pick<ValueChange, 'from' | 'to'>): boolean {
  return foldText(canonicalJson(from)) === foldText(canonicalJson(to));
}

/** Whether a row would be written in nothing but what news changed. */
export function isOfSubjects(
  fields: readonly { attribute: AttributeId | null }[],
  subjects: ReadonlySet<string>,
): boolean {
  return fields.every(({ attribute }) => attribute !== null && subjects.has(subjectOf(attribute)));
}

function subjectOf(attribute: AttributeId): NewsSubject {
  return itemListOf(attribute) ?? (attribute as PlainAttributeId);
}
