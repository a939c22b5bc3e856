const openings: readonly (readonly [RegExp, string])[] = [
  [/^(kn|gn|pn)/, 'n'],
  [/^wr/, 'r'],
  [/^ps/, 's'],
  [/^x/, 's'],
  [/^wh/, 'w'],
  [/^mc/, 'mak'],
];

const groups: readonly (readonly [RegExp, string])[] = [
  [/sch|sh|tsch|tch|ch/g, 'x'],
  [/ph/g, 'f'],
  [/gh(?![aeiouy])/g, ''],
  [/th|dt/g, 't'],
  [/ck|qu|q|c(?![eiy])/g, 'k'],
  [/c/g, 's'],
  [/dge|dg|g(?=[eiy])/g, 'j'],
  [/z/g, 's'],
  [/v/g, 'f'],
  [/[dt]/g, 't'],
  [/[bp]/g, 'p'],
  [/[gk]/g, 'k'],
  [/[mn]/g, 'n'],
];

/**
 * How a name sounds, roughly, in at most six letters: names that are heard alike and spelled otherwise have one code. Vowels count at
 * the beginning only. What is written in other letters than these is its own code.
 */
export function soundOf(word: string): string {
  let text = word;
  for (const [pattern, sound] of openings) text = text.replace(pattern, sound);
  for (const [pattern, sound] of groups) text = text.replace(pattern, sound);
  const first = /^[aeiouyhw]/.test(text) ? 'a' : '';
  const rest = text.replace(/[aeiouyhw]/g, '').replace(/(.)\1+/g, '$1');
  return (first + rest).slice(0, 6);
}
