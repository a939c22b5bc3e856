export type RecordPair = readonly [number, number];

/** What stewards said of pairs of records. */
export interface SaidOfPairs {
  /** The same customer. */
  links: readonly RecordPair[];
  /** Not the same: no cluster may hold both. */
  separations: readonly RecordPair[];
}

/** The pair by its places in the one order of the records, the lower one first; none where a record is unknown or stands alone. */
export function placed([a, b]: RecordPair, place: ReadonlyMap<number, number>): RecordPair[] {
  const [one, other] = [place.get(a), place.get(b)];
  return one === undefined || other === undefined ? [] : [one < other ? [one, other] : [other, one]];
}

export function byPlaces(a: RecordPair, b: RecordPair): number {
  return a[0] - b[0] || a[1] - b[1];
}
