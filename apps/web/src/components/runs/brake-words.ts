import type { RefreshRun } from '@cinch/api-contract';
import { countOf } from '../../texts.ts';
import { percentOf } from '../percent-of.ts';

export type Reason = RefreshRun['brake'][number];

/** How much it is, of how many rows, and what the limit is. */
export function excessInWords(reason: Reason): string {
  const { count, of, limit, fromRows } = reason;
  const share = `${Math.round((100 * count) / Math.max(1, of))} %`;
  const from = fromRows ? `, from ${countOf(fromRows, 'row')} on` : '';
  return `${count.toLocaleString('en')} of ${countOf(of, 'row')} (${share}) ${verbOf(reason)}; the limit of this system is ${percentOf(limit)}${from}`;
}

function verbOf({ code, label = 'one attribute' }: Reason): string {
  switch (code) {
    case 'changed-share':
      return 'would be written';
    case 'created-share':
      return 'would be made';
    case 'kind-share':
      return 'would turn from a person into a business, or back';
    case 'values-share':
      return `would get another value of ${label}`;
    case 'emptied-share':
      return `would lose their value of ${label}`;
    case 'surplus-share':
      return 'are missing there or should not be there';
    case 'empty-input':
      return 'are not listed';
    case 'unseen':
      return 'would be written otherwise than they were looked at';
  }
}

/** What stops the run, and what that mostly is. */
export function sentenceOf(reason: Reason): string {
  const { code, count, fromRows = 0, limit } = reason;
  switch (code) {
    case 'changed-share':
    case 'kind-share':
      return `${excessInWords(reason)}. A wrong mapping or rule looks like this.`;
    case 'values-share':
    case 'emptied-share':
      return `${excessInWords(reason)}. One difference that so many rows have in common is rather one fault of a mapping or a rule than so many wrong records.`;
    case 'created-share':
      return `${excessInWords(reason)}. The first fill of a system looks like this, and so do customers that came apart.`;
    case 'surplus-share':
      return `${excessInWords(reason)}. A listing that was cut off looks like this.`;
    case 'empty-input':
      return `The system listed nothing, though the hub knows ${countOf(count, 'record')} of it. An empty database, or the wrong one, looks like this.`;
    case 'unseen':
      return `${countOf(count, 'row')} would be written otherwise than somebody saw who let the run go on: pushed or published since, or found by a later round. ${countOf(fromRows - 1, 'row')} may, or ${percentOf(limit)} of what was seen.`;
  }
}
