import { leastGuesses, passwordLength } from '@cinch/api-contract';
import { ZxcvbnFactory } from '@zxcvbn-ts/core';
import { adjacencyGraphs, dictionary } from '@zxcvbn-ts/language-common';

const estimator = new ZxcvbnFactory({ dictionary, graphs: adjacencyGraphs });

/** What is easy to guess in so many characters: estimating more of them takes long, and a strong beginning is strong. */
const lookedAt = 64;

/**
 * Why a password may not be set; null when it may. Only a password that comes to be one is held back by it, be it that of the first
 * account: whoever has an older one goes on with it.
 * `about`: what a guesser would try first, the person's e-mail and name.
 */
export function passwordFault(password: string, about: readonly string[]): string | null {
  const { least, most } = passwordLength;
  if (password.length < least) return `Take at least ${least} characters; a few words do well.`;
  if (password.length > most) return `Take at most ${most} characters.`;
  const parts = about.flatMap((text) => [text, ...text.split(/[^\p{L}\p{N}]+/u)]).filter((part) => part.length > 2);
  const named = about.map((text) => text.split('@')[0]!);
  const guessesOf = (inputs: string[]) => estimator.check(password.slice(0, lookedAt), inputs).guesses;
  const besides = withoutNames(password.slice(0, lookedAt), [...parts, ...named]);
  const isOwn = besides === null || estimator.check(besides, []).guesses >= leastGuesses;
  if (isOwn && guessesOf([...parts, ...named, 'cinch']) >= leastGuesses) return null;
  return !isOwn || guessesOf([]) >= leastGuesses
    ? 'This password is made of your name, your e-mail or the name of this product, which are guessed first: take other words.'
    : 'This password is among the first that are guessed: it is a common one, a row of keys or a repetition. Take a few words that do not belong together.';
}

/** A shorter part of a name stands in other words by chance. */
const leastNameLength = 4;

/** What a password is besides the names in it, however they are written; null when none is. */
function withoutNames(password: string, names: readonly string[]): string | null {
  const all = names.map(folded).filter((name) => name.length >= leastNameLength);
  const longestFirst = all.toSorted((a, b) => b.length - a.length);
  const whole = folded(password);
  const rest = longestFirst.reduce((left, name) => left.replaceAll(name, ''), whole);
  return rest === whole ? null : rest;
}

function folded(text: string): string {
  return text
    .normalize('NFKD')
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N}]+/gu, '');
}
