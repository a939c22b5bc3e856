/** A line over which the hub died so often while it worked on nothing else is put aside, if others went through in between. */
export const mostTriesAlone = 2;
/** So many different lines over which it died alone, and nothing that went through between them: that is the machine. */
const mostBlamedInARow = 3;
/** So many lines or other pieces may be put aside with nothing that has gone through beside them. */
export const mostBlind = 2;

/** A line under suspicion: how often the hub died over it alone while what came next went through, and how often with nothing beside it. */
interface Suspect {
  line: string;
  deaths: number;
  blind: number;
}

/** What is known of the lines that were under way when the hub died. Everything else follows from it and from the lines that are left. */
export interface Care {
  /** So many of the lines that come next, suspects left out, were under way together when the hub died. */
  doubtful: number;
  suspects: Suspect[];
  /** The suspect over which it died last: that counts once something else has gone through. */
  pending: string | null;
  /** Something has gone through since the last death. */
  went: boolean;
  /** Different lines over which it died alone since something went through. */
  blamed: string[];
  /** Lines that were put aside with nothing beside them, since something went through. */
  blind: number;
  /** Suspects that went through after all: as often the machine has died by itself, and as much more it takes to put a line aside. */
  cleared: number;
}

export const unsuspecting: Care = {
  doubtful: 0,
  suspects: [],
  pending: null,
  went: false,
  blamed: [],
  blind: 0,
  cleared: 0,
};

/** What is done next with lines that are left: a piece of them is tried, one is put aside, or they wait, as the machine seems to die by itself. */
export type Next = { act: 'try' | 'aside'; lines: string[] } | { act: 'wait' };

/** `isDue`: they have waited long enough to be tried once more. At least one line is left. */
export function nextOf(care: Care, left: readonly string[], isDue = false): Next {
  const rest = restOf(care, left);
  const there = care.suspects.filter(({ line }) => left.includes(line));
  const condemned = there.find((one) => isCondemned(care, one, rest));
  if (condemned) return { act: 'aside', lines: [condemned.line] };
  const isStuck = rest.length === 0 && !care.went && care.blind >= mostBlind;
  if (!isDue && (isStuck || isTheMachine(care))) return { act: 'wait' };
  const ripe = suspectNext(care, there, rest);
  if (ripe) return { act: 'try', lines: [ripe] };
  // A single line shows whether the machine lives: one that stands beside a line that kills may well go through.
  if (care.pending !== null) return { act: 'try', lines: rest.slice(0, 1) };
  const doubtful = Math.min(care.doubtful, rest.length);
  return { act: 'try', lines: rest.slice(0, doubtful > 0 ? Math.ceil(doubtful / 2) : rest.length) };
}

/** Whether it dies whatever it works on. */
function isTheMachine({ blamed }: Care): boolean {
  return blamed.length >= mostBlamedInARow;
}

/** The hub died while it worked on this piece and on nothing else. */
export function afterDeath(care: Care, piece: readonly string[]): Care {
  const line = piece[0]!;
  if (piece.length > 1) return { ...care, doubtful: piece.length, pending: null, went: false };
  const known = care.suspects.find((one) => one.line === line);
  const { deaths = 0, blind = 0 } = known ?? {};
  // The same one again: nothing was left that could have been tried in between.
  const suspect = { line, deaths, blind: blind + (care.pending === line ? 1 : 0) };
  return {
    ...care,
    doubtful: known ? care.doubtful : 0,
    suspects: [...care.suspects.filter((one) => one !== known), suspect],
    pending: line,
    went: false,
    blamed: [...new Set([...care.blamed, line])],
  };
}

/** The piece is committed; an empty one stands for other work. */
export function afterSuccess(care: Care, piece: readonly string[]): Care {
  const isDone = ({ line }: Suspect) => piece.includes(line);
  const cleared = care.suspects.filter(isDone);
  const suspects = care.suspects
    .filter((one) => !isDone(one))
    .map(({ line, deaths }) => ({ line, deaths: line === care.pending ? deaths + 1 : deaths, blind: 0 }));
  return {
    doubtful: Math.max(0, care.doubtful - (piece.length - cleared.length)),
    suspects,
    pending: null,
    went: true,
    blamed: [],
    blind: 0,
    cleared: care.cleared + cleared.length,
  };
}

/** The line stands in the error log. */
export function afterAside(care: Care, line: string): Care {
  const isBlind = care.suspects.some((one) => one.line === line && one.deaths < neededFor(care));
  return {
    ...care,
    suspects: care.suspects.filter((one) => one.line !== line),
    pending: care.pending === line ? null : care.pending,
    blind: care.blind + (isBlind ? 1 : 0),
  };
}

function restOf({ suspects }: Care, left: readonly string[]): string[] {
  const suspected = new Set(suspects.map(({ line }) => line));
  return left.filter((line) => !suspected.has(line));
}

function neededFor({ cleared }: Care): number {
  return mostTriesAlone + cleared;
}

function isCondemned(care: Care, { line, deaths, blind }: Suspect, rest: readonly string[]): boolean {
  if (deaths >= neededFor(care)) return true;
  if (rest.length > 0 || line !== care.pending || care.blind >= mostBlind || isTheMachine(care)) return false;
  return deaths + blind + 1 >= neededFor(care);
}

/** A suspect is tried right after something else went through, or when nothing else is left. */
function suspectNext({ went, pending }: Care, there: readonly Suspect[], rest: readonly string[]): string | undefined {
  if (went) return there[0]?.line;
  if (rest.length > 0) return undefined;
  return there.find(({ line }) => line === pending)?.line ?? there[0]?.line;
}
