const syllables = 'bak dem fil gor hun jax kev lom mip nur pez quo rad sib tuv vag'.split(' ');

/** A name for this id that no other has among many thousands, so that nobody is taken for anybody else. */
export function unlikeName(id: string): string {
  let number = 0x811c9dc5;
  // FNV-1a, 32 bits.
  for (const character of id) number = Math.imul(number ^ character.charCodeAt(0), 0x01000193) >>> 0;
  const parts = [0, 4, 8, 12, 16, 20, 24, 28].map((shift) => syllables[((number ^ (number >>> 13)) >>> shift) & 15]!);
  return parts.join('').replace(/^./, (letter) => letter.toUpperCase());
}
