import type { RefreshItem, RefreshRun } from '@cinch/api-contract';

/** Codes of the hub in the reader's words. A code that is not listed here is shown as it reads, hyphens aside. */
function inWords(words: Record<string, string>): (code: string) => string {
  return (code) => words[code] ?? sentenceCase(code.replaceAll('-', ' '));
}

export function sentenceCase(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

export function countOf(count: number, one: string, many = `${one}s`): string {
  return `${count.toLocaleString('en')} ${count === 1 ? one : many}`;
}

export const ruleInWords = inWords({
  'most-recent': 'The most recent change wins',
  choice: 'A steward chose it',
});

export const whyNotInWords = inWords({
  older: 'changed earlier',
  tie: 'changed at the same time; lost the tie',
  supports: 'says the same, less exactly',
  abstains: 'fits several values, so it takes no side',
  superseded: 'replaced by what the hub delivered',
  'decided-against': 'a steward decided against it',
});

export const closedByInWords = inWords({
  choice: 'A steward chose a value',
  agreement: 'The systems agree again',
  withdrawn: 'One side was withdrawn',
});

const phases: Record<RefreshRun['phase'], string> = {
  hear: 'Hearing',
  plan: 'Planning',
  planned: 'To be applied',
  apply: 'Applying',
  verify: 'Verifying',
  closed: 'Closed',
  failed: 'Failed',
  cancelled: 'Cancelled',
  standing: 'Standing',
};
export const phaseInWords = (phase: RefreshRun['phase']): string => phases[phase];

const modes: Record<RefreshRun['mode'], string> = {
  plan: 'Plan, then apply',
  full: 'Refresh',
  events: 'Between refreshes',
};
export const modeInWords = (mode: RefreshRun['mode']): string => modes[mode];

const kinds: Record<RefreshItem['kind'], string> = {
  create: 'Create',
  change: 'Change',
  missing: 'Missing',
  inexpressible: 'Inexpressible',
  parked: 'Parked',
};
export const kindInWords = (kind: RefreshItem['kind']): string => kinds[kind];

const outcomes: Record<RefreshItem['outcome'], string> = {
  planned: 'Planned',
  sent: 'Sent',
  stored: 'Stored as sent',
  parked: 'Parked',
  mismatch: 'Stored differently',
  failed: 'Failed',
  exception: 'Exception',
};
export const outcomeInWords = (outcome: RefreshItem['outcome']): string => outcomes[outcome];
