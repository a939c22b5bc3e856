import type { TradeName } from './features.ts';
import { isOneEdit, likeness } from './similar.ts';

/** Place in the ladder of an organisation's names. */
export function tradeLevel(a: TradeName, b: TradeName): number {
  if (a.joined === b.joined) return 6;
  const common = commonStart(a.joined, b.joined);
  const shorter = Math.min(a.joined.length, b.joined.length);
  const isCut = shorter >= 12 && common >= shorter - 3;
  const [few, many] = a.words.length < b.words.length || (a.words.length === b.words.length && a.text < b.text) ? [a, b] : [b, a]; // prettier-ignore
  let [shared, missed] = [0, 0];
  const taken = new Set<number>();
  few.words.forEach((word, index) => {
    const at = many.words.findIndex((other, place) => !taken.has(place) && isSameWord(word, other));
    if (at < 0) {
      missed += few.telling[index]!;
      return;
    }
    taken.add(at);
    shared += few.telling[index]! + many.telling[at]!;
  });
  const alike = shared / (a.sum + b.sum);
  const isNumbered = numbersOf(a) !== numbersOf(b);
  if (isNumbered) return alike >= 0.5 ? 2 : alike >= 0.3 ? 1 : 0;
  if (alike >= 0.9 || isCut) return 5;
  if (missed === 0 && few.sum >= 1) return 4;
  // Whoever is in one trade has its word in the name, and sister companies have their owner's.
  const isTradeAlone = taken.size < 2;
  if (alike >= 0.7 && !isTradeAlone) return 3;
  return alike >= 0.5 && !isTradeAlone ? 2 : alike >= 0.3 ? 1 : 0;
}

function isSameWord(a: string, b: string): boolean {
  return a === b || (a.length >= 4 && b.length >= 4 && (isOneEdit(a, b) || (a.length >= 6 && likeness(a, b) >= 0.93)));
}

export function numbersOf({ words }: TradeName): string {
  return words.filter((word) => /^\d+$/.test(word)).join(' ');
}

function commonStart(a: string, b: string): number {
  let at = 0;
  while (at < a.length && a.charCodeAt(at) === b.charCodeAt(at)) at += 1;
  return at;
}
