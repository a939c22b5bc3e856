/** A stream of draws that is the same for the same seed, on every machine. */
export interface Random {
  /** In [0, 1). */
  next(): number;
  chance(share: number): boolean;
  integer(from: number, to: number): number;
  pick<T>(from: readonly T[]): T;
  shuffled<T>(list: readonly T[]): T[];
}

/** xorshift128 of Marsaglia (2003), its state spread from the seed by a Weyl sequence so that near seeds differ at once. */
export function createRandom(seed: number): Random {
  const state = new Uint32Array([1, 2, 3, 4].map((index) => Math.imul(seed + index, 0x9e3779b9) ^ (index << 7)));
  const next = () => {
    let mixed = state[3] ?? 0;
    const first = state[0] ?? 0;
    state.copyWithin(1, 0, 3);
    mixed ^= mixed << 11;
    mixed ^= mixed >>> 8;
    state[0] = mixed ^ first ^ (first >>> 19);
    return (state[0] ?? 0) / 2 ** 32;
  };
  // The first draws still show the structure of the seed.
  for (let draw = 0; draw < 64; draw += 1) next();
  const integer = (from: number, to: number) => from + Math.floor(next() * (to - from + 1));
  return {
    next,
    chance: (share) => next() < share,
    integer,
    pick: <T>(from: readonly T[]) => from[integer(0, from.length - 1)] as T,
    shuffled<T>(list: readonly T[]) {
      const result = [...list];
      for (let last = result.length - 1; last > 0; last -= 1) {
        const other = integer(0, last);
        [result[last], result[other]] = [result[other] as T, result[last] as T];
      }
      return result;
    },
  };
}
