const letters = new Intl.Segmenter('en', { granularity: 'grapheme' });
const lettersOf = (text: string) => Array.from(letters.segment(text), ({ segment }) => segment);

/** What of a text differs from another one, between what both begin and end with. */
export function differingPart(text: string, other: string): [before: string, differing: string, after: string] {
  const [own, others] = [lettersOf(text), lettersOf(other)];
  const most = Math.min(own.length, others.length);
  let start = 0;
  while (start < most && own[start] === others[start]) start += 1;
  let end = 0;
  while (end < most - start && own.at(-1 - end) === others.at(-1 - end)) end += 1;
  const stop = own.length - end;
  return [own.slice(0, start).join(''), own.slice(start, stop).join(''), own.slice(stop).join('')];
}
