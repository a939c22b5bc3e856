import type { TroubleCode } from '@cinch/api-contract';

type DatabaseTroubleCode = Extract<TroubleCode, 'disk-full' | `database-${string}`>;

export interface DatabaseTrouble {
  code: DatabaseTroubleCode;
  /** After so many seconds it may be tried again. */
  retryAfterS: number;
}

const retryAfterS: Record<DatabaseTroubleCode, number> = {
  'disk-full': 30,
  'database-read-only': 30,
  'database-away': 5,
  'database-busy': 2,
};

/** SQLSTATEs that speak of the server and not of what it was asked, the more exact first. */
const states: readonly (readonly [prefix: string, DatabaseTroubleCode])[] = [
  ['53100', 'disk-full'],
  // Too little memory, too many connections, a limit of its configuration.
  ['53', 'database-busy'],
  ['25006', 'database-read-only'],
  // A statement, a lock, a transaction or its silence took longer than it may.
  ['57014', 'database-busy'],
  ['55P03', 'database-busy'],
  ['25P03', 'database-busy'],
  ['25P04', 'database-busy'],
  // Two transactions stood in each other's way.
  ['40', 'database-busy'],
  // It shuts down, has crashed or is starting; the connection broke; its files cannot be read or written.
  ['57P', 'database-away'],
  ['08', 'database-away'],
  ['58', 'database-away'],
];

/** What the network answers instead of the server, by a call of the system. Whoever called us and broke off shows none. */
const networkCodes = new Set([
  'ECONNREFUSED',
  'ECONNRESET',
  'ECONNABORTED',
  'EPIPE',
  'ETIMEDOUT',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'ENOTFOUND',
  'EAI_AGAIN',
]);

/** pg says these without a code. */
const sentences: readonly (readonly [RegExp, DatabaseTroubleCode])[] = [
  [/^timeout exceeded when trying to connect|^Query read timeout/, 'database-busy'],
  [
    /^timeout expired|^Connection terminated|^Client has encountered a connection error|^Client was closed/,
    'database-away',
  ],
];

/**
 * The trouble of the hub's own that an error of the database tells; null where it speaks of what was asked, or comes from elsewhere. What
 * other systems answer never reaches this as an error: it is a value of the call.
 */
export function databaseTroubleIn(error: unknown): DatabaseTrouble | null {
  const code = codeOf(error);
  return code === null ? null : { code, retryAfterS: retryAfterS[code] };
}

function codeOf(error: unknown): DatabaseTroubleCode | null {
  if (!(error instanceof Error)) return null;
  const { code, syscall } = error as { code?: unknown; syscall?: unknown };
  if (typeof code === 'string') {
    if (networkCodes.has(code) && isOfTheSystem(error, syscall)) return 'database-away';
    const known = states.find(([prefix]) => code.length === 5 && code.startsWith(prefix));
    if (known) return known[1];
  }
  // Libraries wrap what the driver threw.
  const said = sentences.find(([sentence]) => sentence.test(error.message))?.[1];
  return said ?? codeOf(error.cause);
}

/** Where a host has several addresses, what each of them answered stands in the error. */
function isOfTheSystem(error: Error, syscall: unknown): boolean {
  return syscall !== undefined || error instanceof AggregateError;
}
