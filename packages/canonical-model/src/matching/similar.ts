/** One letter more, less or other, or two neighbours swapped; equal texts are not. */
export function isOneEdit(a: string, b: string): boolean {
  const [short, long] = a.length <= b.length ? [a, b] : [b, a];
  if (long.length - short.length > 1) return false;
  let at = 0;
  while (at < short.length && short.charCodeAt(at) === long.charCodeAt(at)) at += 1;
  if (long.length > short.length) return endsAlike(short, at, long, at + 1);
  if (at === short.length) return false;
  if (endsAlike(short, at + 1, long, at + 1)) return true;
  return (
    at + 1 < short.length &&
    short.charCodeAt(at) === long.charCodeAt(at + 1) &&
    short.charCodeAt(at + 1) === long.charCodeAt(at) &&
    endsAlike(short, at + 2, long, at + 2)
  );
}

function endsAlike(a: string, fromA: number, b: string, fromB: number): boolean {
  if (a.length - fromA !== b.length - fromB) return false;
  for (let i = fromA, j = fromB; i < a.length; i += 1, j += 1) if (a.charCodeAt(i) !== b.charCodeAt(j)) return false;
  return true;
}

/**
 * How many letters are inserted, deleted or replaced at least; anything above `most` counts as one more than that. Only what lies at most
 * so far from the diagonal is looked at (Ukkonen 1985), so the time grows with the length and not with its square.
 */
export function edits(a: string, b: string, most: number): number {
  if (Math.abs(a.length - b.length) > most) return most + 1;
  let [start, endA, endB] = [0, a.length, b.length];
  while (start < endA && start < endB && a.charCodeAt(start) === b.charCodeAt(start)) start += 1;
  while (endA > start && endB > start && a.charCodeAt(endA - 1) === b.charCodeAt(endB - 1)) [endA, endB] = [endA - 1, endB - 1]; // prettier-ignore
  const [rows, columns] = [endA - start, endB - start];
  // At `d` stands what the first `i` letters of one and the first `i + d − most` of the other are apart.
  const beyond = most + 1;
  let row = Array.from({ length: 2 * most + 1 }, (_, d) => (d < most || d - most > columns ? beyond : d - most));
  for (let i = 1; i <= rows; i += 1) {
    const next: number[] = [];
    let least = beyond;
    for (let d = 0; d <= 2 * most; d += 1) {
      const j = i + d - most;
      if (j < 0 || j > columns) {
        next.push(beyond);
        continue;
      }
      const isSame = j > 0 && a.charCodeAt(start + i - 1) === b.charCodeAt(start + j - 1);
      const replaced = j > 0 ? row[d]! + (isSame ? 0 : 1) : beyond;
      const cost = Math.min(replaced, (row[d + 1] ?? beyond) + 1, (next[d - 1] ?? beyond) + 1);
      next.push(cost);
      if (cost < least) least = cost;
    }
    if (least > most) return beyond;
    row = next;
  }
  return Math.min(row[columns - rows + most]!, beyond);
}

/**
 * Jaro-Winkler similarity, 0 to 1 (Winkler 1990: prefix weight 0.1, at most four letters). Texts are compared in their own order, the
 * lesser first: for odd transpositions the measure is not symmetric.
 */
export function likeness(one: string, other: string): number {
  if (one === other) return 1;
  const [a, b] = one < other ? [one, other] : [other, one];
  const window = Math.max(0, (Math.max(a.length, b.length) >> 1) - 1);
  // Bit masks hold 31 letters, more than any name needs.
  const [n, m] = [Math.min(a.length, 31), Math.min(b.length, 31)];
  let [seenA, seenB, common] = [0, 0, 0];
  for (let i = 0; i < n; i += 1) {
    const end = Math.min(m - 1, i + window);
    for (let j = Math.max(0, i - window); j <= end; j += 1) {
      if ((seenB >> j) & 1 || a.charCodeAt(i) !== b.charCodeAt(j)) continue;
      seenA |= 1 << i;
      seenB |= 1 << j;
      common += 1;
      break;
    }
  }
  if (common === 0) return 0;
  let [swapped, j] = [0, 0];
  for (let i = 0; i < n; i += 1) {
    if (!((seenA >> i) & 1)) continue;
    while (!((seenB >> j) & 1)) j += 1;
    if (a.charCodeAt(i) !== b.charCodeAt(j)) swapped += 1;
    j += 1;
  }
  const jaro = (common / n + common / m + (common - (swapped >> 1)) / common) / 3;
  let prefix = 0;
  while (prefix < 4 && prefix < n && a.charCodeAt(prefix) === b.charCodeAt(prefix)) prefix += 1;
  return jaro + prefix * 0.1 * (1 - jaro);
}
