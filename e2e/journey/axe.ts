import type { Page } from '@playwright/test';
import axeCore, { type RunOptions } from 'axe-core';

/** Which rules are asked; all that are on by themselves, unless some are named. */
type Rules = { tags: readonly string[] } | { names: readonly string[] };

/** What axe finds on the page as it stands once nothing on it moves, one sentence a fault. */
export async function axeFaults(page: Page, rules?: Rules): Promise<string[]> {
  const options: RunOptions = { resultTypes: ['violations'] };
  if (rules && 'tags' in rules) options.runOnly = { type: 'tag', values: [...rules.tags] };
  if (rules && 'names' in rules) options.runOnly = { type: 'rule', values: [...rules.names] };
  const faults = await page.evaluate(analyse, options);
  if (faults) return faults;
  // Half a megabyte of program: read once in a document, not at every look.
  await page.evaluate(axeCore.source);
  return (await page.evaluate(analyse, options))!;
}

/** Undefined where axe is not there yet. */
async function analyse(options: RunOptions): Promise<string[] | undefined> {
  const { axe } = self as unknown as { axe?: typeof axeCore };
  if (!axe) return undefined;
  // A colour on its way to another has no lasting contrast to judge.
  const ends = document.getAnimations().filter(({ effect }) => effect?.getComputedTiming().endTime !== Infinity);
  await Promise.allSettled(ends.map(({ finished }) => finished));
  const { violations } = await axe.run(document, options);
  return violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' and ')}`);
}
