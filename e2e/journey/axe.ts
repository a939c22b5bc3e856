import { AxeBuilder } from '@axe-core/playwright';
import type { Page } from '@playwright/test';

/** Which rules are asked; all that are on by themselves, unless some are named. */
type Rules = { tags: readonly string[] } | { names: readonly string[] };

/** What axe finds on the page as it stands once nothing on it moves, one sentence a fault. */
export async function axeFaults(page: Page, rules?: Rules): Promise<string[]> {
  await page.evaluate(atRest);
  // Half a megabyte of program: read once in a document, not at every look.
  const isThere = await page.evaluate(() => 'axe' in self);
  // Without the page that it opens for the results of frames: the console has none, and it takes as long as the analysis.
  const axe = new AxeBuilder({ page, axeSource: isThere ? ';' : undefined }).setLegacyMode(true);
  axe.options({ resultTypes: ['violations'] });
  if (rules && 'tags' in rules) axe.withTags([...rules.tags]);
  if (rules && 'names' in rules) axe.withRules([...rules.names]);
  const { violations } = await axe.analyze();
  return violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' and ')}`);
}

/** A colour on its way to another has no lasting contrast to judge. */
async function atRest(): Promise<void> {
  const ends = document.getAnimations().filter(({ effect }) => effect?.getComputedTiming().endTime !== Infinity);
  await Promise.allSettled(ends.map(({ finished }) => finished));
}
