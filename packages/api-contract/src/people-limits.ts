/** What people and their sessions may cost the hub: every number once. Told in docs/security.md. */

/** Characters of a password that is set: long enough that nobody guesses it, short enough that hashing it costs nothing worth attacking. */
export const passwordLength = { least: 12, most: 128 } as const;

/** Guesses after which a password that is set may be found, by the estimate of zxcvbn: a common word with a year and a sign takes fewer, three words take more. */
export const leastGuesses = 10_000_000_000;

/** Of a typed e-mail, in characters (RFC 5321). */
export const emailLength = 254;

/**
 * Passwords that are looked at. Each costs some 60 ms of a core and 32 MiB, on purpose: so many at once, so many that wait, so many that
 * wait of one lane (an address, or a browser that logged in before), and so often a lane in one go and then each second.
 */
export const passwordTurns = { atOnce: 1, waiting: 32, waitingEach: 8, burst: 20, perSecond: 4 } as const;

/** A browser that logged in as somebody is known so long; attempts from elsewhere cannot keep it out. In milliseconds. */
export const knownBrowserMs = 180 * 24 * 60 * 60_000;

/** A log-in succeeded from so many pairs of account and address lately that these go before others. */
export const rememberedLogIns = 1_000;

/** Milliseconds after which a session ends. */
export const sessionEnds = {
  /** However it is used. */
  longestMs: 7 * 24 * 60 * 60_000,
  /** When nobody uses it. */
  idleMs: 12 * 60 * 60_000,
  /** Made while the database could take no row of it. */
  rowlessMs: 60 * 60_000,
} as const;

/** The use of a session is written down this often, in milliseconds: a write for each call would cost more than the call. */
export const sessionUseNotedMs = 5 * 60_000;

/** A console that nobody has touched for so long only follows what happens, in milliseconds: that does not keep a session in use. */
export const unattendedAfterMs = 10 * 60_000;
