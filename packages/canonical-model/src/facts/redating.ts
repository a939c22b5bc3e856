import type { Json } from '../json.ts';
import { positionOf, type Entry } from './entry.ts';

/** How one published version of a mapping reads the time of a whole row. */
export interface MappingReading {
  version: number;
  /** In milliseconds since 1970, UTC. */
  publishedAt: number;
  /** Names the reading: two versions that read the time alike have the same. */
  reads: string;
  timeOf(native: Json): number | null;
}

/** What one version of a mapping dated while it was in force, and the version that dates it instead. */
interface TakenBackReading {
  from: number;
  to: number;
  /** When it was taken back. */
  since: number;
  wrong: MappingReading;
  right: MappingReading;
}

export type Redating = readonly TakenBackReading[];

/** What was being filed while the next version was published is filed by the one before. */
const overlapMs = 60_000;
/** As when it was filed: a time that lies further ahead counts as that of acceptance. */
const toleranceMs = 5 * 60_000;

/**
 * Which versions of a mapping were taken back in what they read as the time. One that reads it as an earlier one did takes back those
 * between that read it otherwise: what they dated is dated by it. One that reads it as none before it did dates only what comes from now on.
 * @param mappings all versions of one system, in the order of their publishing
 */
export function redatingOf(mappings: readonly MappingReading[]): Redating {
  const standing: Standing[] = [];
  mappings.forEach((mapping, nth) => {
    const place = standing.findIndex(({ right }) => right.reads === mapping.reads);
    const [former, ...ended] = place < 0 ? [] : standing.splice(place);
    const since = mapping.publishedAt;
    const taken = ended.flatMap((one) => [...one.own, ...one.taken.map((other) => other.nth)]);
    standing.push({
      right: mapping,
      own: [...(former?.own ?? []), nth],
      taken: [...(former?.taken ?? []), ...taken.map((other) => ({ nth: other, since }))],
    });
  });
  return standing.flatMap(({ right, taken }) =>
    taken
      .filter(({ nth }) => mappings[nth]!.reads !== right.reads)
      .map(({ nth, since }) => {
        const wrong = mappings[nth]!;
        const to = (mappings[nth + 1]?.publishedAt ?? Infinity) + overlapMs;
        return { from: wrong.publishedAt, to, since, wrong, right };
      }),
  );
}

/** A reading that counts for what its own versions dated, and for what those dated that it took back. */
interface Standing {
  right: MappingReading;
  own: number[];
  taken: { nth: number; since: number }[];
}

/** The entries with the times that count by now. Each keeps the position that it was filed under as its name. */
export function redated(entries: readonly Entry[], redating: Redating): readonly Entry[] {
  return redating.length === 0 ? entries : entries.map((entry) => redatedOne(entry, redating));
}

function redatedOne(entry: Entry, redating: Redating): Entry {
  const { filedAt } = entry;
  if (filedAt === undefined || !('native' in entry) || entry.native === null) return entry;
  if (entry.kind === 'patch' || entry.kind === 'increment') return entry;
  const native = entry.native;
  const taken = redating.find(
    ({ from, to, wrong }) => filedAt >= from && filedAt < to && isDatedBy(entry, wrong.timeOf(native), filedAt),
  );
  if (!taken) return entry;
  const read = taken.right.timeOf(native);
  const time = read !== null && read > filedAt + toleranceMs ? filedAt : read;
  const redated = { filedAs: positionOf(entry), since: taken.since };
  if (entry.timing === 'loaded') return entry.kind === 'receipt' ? entry : { ...entry, saidAt: time, redated };
  return { ...entry, at: time ?? filedAt, timing: time === null ? 'accepted' : 'stated', redated };
}

/** Whether it was the mapping that said when, and not the sender beside the row. */
function isDatedBy(entry: Entry, time: number | null, filedAt: number): boolean {
  const said = entry.timing === 'loaded' && 'saidAt' in entry ? (entry.saidAt ?? null) : null;
  const stands = entry.timing === 'accepted' ? null : entry.timing === 'loaded' ? said : entry.at;
  return stands === time || (stands !== null && time !== null && time > filedAt);
}
