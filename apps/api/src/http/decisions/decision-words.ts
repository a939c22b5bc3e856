import { assertionRef, type AttributeId, type Value, type Model } from '@cinch/canonical-model';
import type { Decided, DecisionKind, TakenBack } from '../../stages/decisions/decision.ts';
import { instant } from '../instant.ts';
import type { RecordNames } from '../records/record-names.ts';
import { valueInText } from '../sight/value-in-text.ts';

/** A decision with the value that it is about. */
export type DecisionInWords = Decided & {
  /** Of a choice or an answer: the value that was chosen or asked for; undefined when it is not known any more. */
  value: Value | null | undefined;
};

/** What was decided, as it follows a name: `chose +1 202-555-0143 for Phone`. */
export function phraseOf(decision: DecisionInWords, names: RecordNames, model: Model): string {
  const { kind, body } = decision;
  switch (kind) {
    case 'choice':
      return `chose ${valueWords(body.attribute, decision.value, model)} for ${model.labelOf(body.attribute)}`;
    case 'pin': {
      const until = body.until === null ? '' : ` until ${new Date(body.until).toISOString().slice(0, 10)}`;
      return `pinned ${model.labelOf(body.attribute)} to ${valueWords(body.attribute, body.value, model)}${until}`;
    }
    case 'answer': {
      const asker = names.get(assertionRef(body.request).recordId).systemName;
      const wish = `${asker} to make ${model.labelOf(body.attribute)} ${valueWords(body.attribute, decision.value, model)}`;
      return `${body.accepted ? 'accepted' : 'refused'} the request of ${wish}`;
    }
    case 'reconsider':
      return `let replaced values of ${model.labelOf(body.attribute)} count again`;
    case 'link':
      return `said that ${pairWords(body.pairs, names)} are the same customer`;
    case 'not-same':
      return `said that ${pairWords(body.pairs, names)} are not the same customer`;
    case 'exclude':
      return `excluded ${names.inWords(body.recordId)}`;
    case 'confirm-deleted':
      return `confirmed that ${names.inWords(body.recordId)} is gone`;
    case 'reopen':
      return `let the customer have a record in ${body.system} again`;
    case 'take-back':
      return `took back ${portionWords(body, body.system)}`;
  }
}

/** What of a system was taken back: `batch 7 of shop`. */
export function portionWords(what: TakenBack, systemName: string): string {
  if ('batchId' in what) return `batch ${what.batchId} of ${systemName}`;
  if ('loadId' in what) return `load ${what.loadId} of ${systemName}`;
  if ('runId' in what) return `what run ${what.runId} heard of ${systemName}`;
  return `what ${systemName} told from ${instant(what.from)} to ${instant(what.to)}`;
}

/** What an undo took back: `the pin of Phone`. */
export function nounOf({ kind, body }: Decided, model: Model): string {
  const about = 'attribute' in body ? ` of ${model.labelOf(body.attribute)}` : '';
  return `the ${kindNouns[kind]}${kind === 'choice' ? about.replace(' of ', ' for ') : about}`;
}

export const kindNouns: Record<DecisionKind, string> = {
  choice: 'choice',
  pin: 'pin',
  answer: 'answer to a change request',
  reconsider: 'reconsideration',
  link: 'link',
  'not-same': 'not-same',
  exclude: 'exclusion',
  'confirm-deleted': 'confirmed delete',
  reopen: 'reopening',
  'take-back': 'taking back',
};

function valueWords(attribute: AttributeId, value: Value | null | undefined, model: Model): string {
  return value === undefined ? 'a value' : valueInText(attribute, model.words(attribute, value));
}

/** One side of the pairs and the other: of a split, what stayed and what left. */
function pairWords(pairs: readonly [number, number][], names: RecordNames): string {
  const side = (place: 0 | 1) => [...new Set(pairs.map((pair) => names.inWords(pair[place])))].join(', ');
  return `${side(0)} and ${side(1)}`;
}
