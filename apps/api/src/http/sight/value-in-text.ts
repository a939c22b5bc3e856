import { masked } from '@cinch/api-contract';
import type { Sight } from './sight.ts';

/** The anchors of Unicode for a text with a note to it. Values hold none: what is invisible is taken out when they are read. */
const [begins, parts, ends] = ['\ufff9', '\ufffa', '\ufffb'];
const value = new RegExp(`${begins}([^${parts}]*)${parts}([^${ends}]*)${ends}`, 'g');
const anchors = new RegExp(`[${begins}${parts}${ends}]`, 'g');

/** Words of a value in a sentence, with whose they are: where the sentence leaves the hub they are shown or masked. */
export function valueInText(attribute: string, words: string): string {
  return `${begins}${attribute.replace(anchors, '')}${parts}${words.replace(anchors, '')}${ends}`;
}

/** The sentence as the caller may read it. */
export function textSeen(text: string, sight: Sight): string {
  if (!text.includes(begins)) return text;
  return text.replace(value, (_, attribute: string, words: string) => (sight.hides(attribute) ? masked : words));
}
