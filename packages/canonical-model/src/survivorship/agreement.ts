import type { Value } from '../customer/attributes.ts';
import { isSameValue } from '../customer/same-value.ts';
import { isTornCopy } from '../facts/torn-copy.ts';
import { isLessSpecific } from '../customer/specificity.ts';
import { canonicalJson, type Json } from '../json.ts';
import type { Fields } from '../mapping/lens.ts';
import { lost, type Lost, type Vote } from './vote.ts';

/** A value as this vote's system would write it; null where it cannot be said there. A steward can say all. */
function writtenBy(vote: Vote, value: Value | null): Json {
  if (vote.member === null) return value;
  const written = vote.member.lens.write(vote.attribute, vote.member.state.kind, value);
  return written.kind === 'written' ? written.fields : null;
}

/** What the vote says is what its system makes of the other, which says something else. */
function isCopyOf(vote: Vote, other: Vote): boolean {
  return isMadeOf(vote, other.value);
}

/** The vote is what its system makes of the value, or what is left of that where it was cut within a letter. */
function isMadeOf(vote: Vote, value: Value | null): boolean {
  const fields = writtenBy(vote, value);
  if (fields === null) return vote.native === 'null' && vote.member === null;
  const written = canonicalJson(fields);
  return written === vote.native || isTornCopy(vote.native, written) || isMadeOfBut(vote, fields as Fields);
}

/** But for what the system says by a word that nobody knows, which is no other value than the one there. */
function isMadeOfBut(vote: Vote, written: Fields): boolean {
  const silent = silentIn(vote);
  return silent !== null && canonicalJson({ ...written, ...silent }) === vote.native;
}

const silences = new WeakMap<Vote, Fields | null>();

/** What the vote's record holds where it says by a word that nobody knows: asked for every value that it is held against. */
function silentIn(vote: Vote): Fields | null {
  const known = silences.get(vote);
  if (known !== undefined) return known;
  const { member, attribute, native } = vote;
  const held = member === null ? {} : (JSON.parse(native) as Fields);
  const paths = member === null ? [] : member.lens.silentPaths(attribute, member.state.kind, held);
  const silent = paths.length === 0 ? null : Object.fromEntries(paths.map((path) => [path, held[path]!]));
  silences.set(vote, silent);
  return silent;
}

/** The value is what this vote says, or what its system makes of it is. */
export function agreesWith(vote: Vote, value: Value | null): boolean {
  return isSameValue(vote.of.shape, vote.value, value) || isMadeOf(vote, value);
}

/** Neither of the two, as its system writes, says what the other does. */
export function differ(a: Vote, b: Vote): boolean {
  return !agreesWith(a, b.value) && !agreesWith(b, a.value);
}

/** Two systems changed the value, each without having held the other's. */
export function areConcurrent(a: Vote, b: Vote): boolean {
  return a.change && b.change && a.system !== b.system && differ(a, b) && !isMadeOver(a, b) && !isMadeOver(b, a);
}

/** `later` was made over `earlier`: its record held the earlier value, as its system writes it, before. */
function isMadeOver(later: Vote, earlier: Vote): boolean {
  const written = writtenBy(later, earlier.value);
  if (written === null || later.member === null) return false;
  if (later.over.includes(canonicalJson(written))) return true;
  const { lens, state } = later.member;
  // It may have spelt it in another way.
  const meaning = lens.meaning(later.attribute, state.kind, written as Fields);
  if (meaning === undefined) return false;
  return later.over.some((native) => {
    const meant = lens.meaning(later.attribute, state.kind, JSON.parse(native) as Fields);
    return meant !== undefined && isSameValue(later.of.shape, meant, meaning);
  });
}

/** Candidates after the copies among them have been told apart. */
interface Witnessed {
  candidates: Vote[];
  /** By text of a value: the latest time that copies lend it, and how many they are. */
  lent: ReadonlyMap<string, { at: number; voices: number }>;
  lost: Lost[];
}

/**
 * A copy that its system had to cut or recode is no candidate of its own beside the whole value that it was made from: it
 * supports that value and lends it its time; where it could come from several, it abstains.
 */
export function witness(votes: readonly Vote[]): Witnessed {
  const texts = new Set(votes.map((vote) => vote.text));
  if (texts.size < 2) return { candidates: [...votes], lent: new Map(), lost: [] };

  const candidates: Vote[] = [];
  const supporters: { vote: Vote; of: string }[] = [];
  const abstaining: Vote[] = [];
  for (const vote of votes) {
    const fits = new Map(
      votes
        .filter((other) => other.text !== vote.text && isCopyOf(vote, other) && !isCopyOf(other, vote))
        .map((other) => [other.text, other]),
    );
    const [whole] = fits.values();
    if (!whole) candidates.push(vote);
    else if (fits.size === 1 && isPartOf(vote, whole)) supporters.push({ vote, of: whole.text });
    else abstaining.push(vote);
  }
  // Three systems may each write another's value as their own: then none of them is the whole one.
  if (candidates.length === 0) return { candidates: [...votes], lent: new Map(), lost: [] };
  const wholes = new Map(supporters.map((supporter) => [supporter.vote.text, supporter.of]));
  const lent = new Map<string, { at: number; voices: number }>();
  for (const { vote, of } of supporters) {
    let target = of;
    while (wholes.has(target)) target = wholes.get(target)!;
    const before = lent.get(target) ?? { at: -Infinity, voices: 0 };
    lent.set(target, { at: Math.max(before.at, vote.at), voices: before.voices + 1 });
  }
  const copies = supporters.map((supporter) => supporter.vote);
  return { candidates, lent, lost: [...lost(copies, 'supports'), ...lost(abstaining, 'abstains')] };
}

function isPartOf(vote: Vote, whole: Vote): boolean {
  return vote.value !== null && isLessSpecific(vote.of.shape, vote.value, whole.value);
}
