import { document as documentLimits } from '@cinch/canonical-model/limits';

/** What one call, one caller and one connection may cost the hub: every number of the door, each once. Told in docs/security.md. */

/** Years, in UTC, of the instants that callers state: beyond them neither the database nor JSON writes one as four figures. */
export const instantYears = { first: 1, last: 9999 } as const;

const [kib, mib] = [1024, 1024 * 1024];
const [second, minute] = [1_000, 60_000];

/** Bytes of a body that is held whole, by what it is; a larger one is refused before it is read. */
export const bodyBytes = {
  /** Of a route that anybody may call: an e-mail, a password, a token. */
  public: 16 * kib,
  /** Of a call that says who sends it. */
  usual: 256 * kib,
  /** Of a mapping with its samples, a document of rules, a whole configuration. */
  document: 4 * mib,
  /** Of a push that is read whole. Lines and CSV beyond it are stored as they come; an array or events cannot be. */
  push: 4 * mib,
  /** Of a dry run, which works on all of it at once. */
  dryRun: mib,
} as const;

/**
 * Pieces of a body of less than so many bytes, as they come off a connection: once so many have come, there must be so many bytes for each of
 * them. Each costs what some hundred bytes do. What is parsed piece by piece has some more pieces than its sender made of it.
 */
export const smallPieces = { lessThanBytes: 64, most: 1_000, leastBytes: 8 } as const;

/** Levels of a JSON body: what walks through a value that is nested deeper could exhaust the stack. */
export const jsonLevels = 64;

/** Values in a JSON body, by what it is: each costs far more to read and to check than its bytes. */
export const jsonValues = {
  /** Of a route that anybody may call: an e-mail, a password, a token. */
  public: 100,
  /** Of a call that says who sends it: a record, or a thousand ids. */
  usual: 20_000,
  /** Of a document; so many take some 30 ms to read. */
  document: documentLimits.values,
} as const;

/** The same of one record line: a row of a thousand columns, each a small list, is a fifth of it. */
export const recordBounds = { levels: 64, values: 20_000 } as const;

/** Levels of one record that is parsed: deeper rows are no customer records. What is beyond `recordBounds` is refused before it is parsed. */
export const recordLevels = 32;

/** Requests that wait for their answer on one connection: who sends more without reading is answered once, and closed. */
export const mostPipelined = {
  known: 16,
  /** While no call on it has said who makes it: no browser sends a second one before the first is answered. */
  stranger: 4,
} as const;

/** So many without an answer are a flood: the connection is cut, with what was to be answered on it. */
export const floodPipelined = 64;

/** Lines of one body that may be rejected, each in words that are stored and told: of a body that is bad from end to end not all need be. */
export const mostRejects = 10_000;

/** So long, in milliseconds, bodies are read in one go before whoever else needs the thread gets it. */
export const threadTurnMs = 2;

/** So long, in milliseconds, large bodies that are read stand back each time while small pushes are stored: these take few, in several rounds. */
export const standBackMs = 10;

/** A body as small is read at once, whoever else is read: it costs less than its turn, and waits for nobody. */
export const readAtOnceBytes = 64 * kib;

/** Blanks, line ends among them, before a body says anything: more is no body. */
export const mostLeadingBlanks = 64 * kib;

/** Of a packed body, how much more it may unpack to than came: rows that are alike pack to a hundredth, a bomb to less than a thousandth. */
export const unpacking = { ratio: 200, freeBytes: mib } as const;

/** Of a stretch of time that is taken back at once, in milliseconds: whoever means more means a batch, a load or a run. */
export const longestTakenBackMs = 7 * 24 * 60 * minute;

interface LaneLimits {
  /** So many connections of a process. */
  connections: number;
  /** So long it is waited for one that is free. */
  waitMs: number;
  /** So long a statement may run, waiting for locks included, and wait for one lock. */
  statementMs: number;
  lockMs: number;
  /** So long a transaction may be open without asking anything. */
  idleInTransactionMs: number;
}

/**
 * The connections of a process to Postgres, divided so that none of these can starve another; whoever finds none free is answered by 503
 * and comes back. They are made when they are needed: a process that has no work makes no connection for it.
 */
export const databaseLanes = {
  /** Pushes that are stored at once, and the keys they come with. */
  intake: {
    connections: 4,
    waitMs: 3 * second,
    statementMs: 8 * second,
    lockMs: 5 * second,
    idleInTransactionMs: minute,
  },
  /** Bodies that are stored part by part, as fast as they are sent. */
  uploads: {
    connections: 4,
    waitMs: 10 * second,
    statementMs: minute,
    lockMs: 10 * second,
    idleInTransactionMs: 5 * minute,
  },
  /** What people and systems read, and small settings. */
  calls: {
    connections: 4,
    waitMs: 3 * second,
    statementMs: 10 * second,
    lockMs: 8 * second,
    idleInTransactionMs: minute,
  },
  /** What people decide: it waits for the one committer, and must not keep readers waiting with it. */
  acts: {
    connections: 2,
    waitMs: 8 * second,
    statementMs: 30 * second,
    lockMs: 8 * second,
    idleInTransactionMs: minute,
  },
  /** What reads a great deal: exports and previews. */
  long: {
    connections: 2,
    waitMs: 3 * second,
    statementMs: 10 * minute,
    lockMs: 8 * second,
    idleInTransactionMs: minute,
  },
  /** What the pipeline reads and notes. */
  work: {
    connections: 4,
    waitMs: 30 * second,
    statementMs: 10 * minute,
    lockMs: minute,
    idleInTransactionMs: minute,
  },
  /** What it commits, one at a time: the next ones wait for the lock, and hold no connection that the first may need. */
  commits: {
    connections: 3,
    waitMs: minute,
    statementMs: 10 * minute,
    lockMs: minute,
    idleInTransactionMs: minute,
  },
  /** Pictures of one instant that refreshes are planned by, beside all that is committed meanwhile: of many customers it takes minutes. */
  plans: {
    connections: 2,
    waitMs: 10 * minute,
    statementMs: 10 * minute,
    lockMs: minute,
    idleInTransactionMs: minute,
  },
  /** Log-in, sessions, readiness and the heartbeat: they must work when nothing else does. */
  vital: {
    connections: 3,
    waitMs: 2 * second,
    statementMs: 3 * second,
    lockMs: 2 * second,
    idleInTransactionMs: 10 * second,
  },
} as const satisfies Record<string, LaneLimits>;

export type DatabaseLane = keyof typeof databaseLanes;

/** Of all connections to Postgres, whatever they are for. */
export const databaseWaits = {
  /** So long a new connection may take to be made. */
  connectMs: 3 * second,
  /** A connection that owes an answer for so long is asked after by another one. */
  suspectAfterMs: 2 * second,
  /** So much longer than the server's own limit an answer is waited for, before the connection is broken off. */
  graceMs: 2 * second,
  /** An unused connection is kept for so long; one of a lane is kept for ever. */
  unusedMs: minute,
  /** So long the system waits until it asks whether the other side is still there. */
  keepAliveMs: 10 * second,
} as const;

/** How it is noticed that the worker on duty no longer works. */
export const duty = {
  /** So often it says that it works, and so long it waits for the database to have heard that. */
  beatMs: second,
  answerMs: 4 * second,
  /** So often every process looks whether it has; one that has not looked for so long has seen no silence. */
  lookMs: second,
  mostBetweenLooksMs: 4 * second,
  /** After so long a stand-by takes over. */
  silentMs: 6 * second,
  /** After so long even one that holds the duty and has not said anything yet. */
  neverSpokeMs: 24 * second,
  /** After so long without anybody the hub is not ready, and says so. */
  staleMs: 15 * second,
} as const;

/** The longest holds of the committer are told of so long a time back, in milliseconds. */
export const holdWindowMs = minute;

/** What `/readyz` may cost: one try at a time, which stands for so long, waits so long for locks, and no answer in time is an answer. */
export const readyzLimits = { goodForMs: second, deadlineMs: 2 * second, lockMs: 1_500 } as const;

/** All headers of a request together, in bytes; the address counts as one. */
export const headerBytes = 16 * kib;

/** How long the hub waits for whoever is at the other end, in milliseconds. */
export const deadlines = {
  /** For all headers of a request, from the first byte of it or from the connection. */
  headersMs: 10 * second,
  /** For a whole JSON body that anybody may send. */
  publicBodyMs: 10 * second,
  /** For a whole JSON body of somebody who is known. */
  bodyMs: 30 * second,
  /** For all that a body of any length keeps the hub waiting; every KiB that comes buys a second of it back. */
  bodyPatienceMs: minute,
  /** For a whole request: a load of a gigabyte over a slow line takes its time. */
  requestMs: 60 * minute,
  /** For the next request on an open connection. */
  keepAliveMs: 5 * second,
  /** For the reader of an answer or of a page of an export, when nothing of it is taken. */
  readerMs: 30 * second,
  /** For the sender of a body that was refused to read why and to stop. */
  readOffMs: 2 * second,
} as const;

/** Bytes of a refused body that are read off and thrown away; what is left of it waits for the connection to be cut. */
export const mostReadOff = 256 * kib;

/** Open connections. Of those whose caller is not known the oldest of the address (of IPv6 the /64 network) that has most makes room for a newcomer, so a flood of them keeps nobody out. */
export const connections = {
  strangers: 1_000,
  strangersEach: 500,
  /** Of whoever is known: more than calls may be under way, so that there is always one without. The caller that has most gives up the one it has left alone longest. */
  known: 1_200,
  /** The same of one caller, half of them: one that keeps at it is cut off as often as it comes again, which costs more than leaving it its connections. */
  knownEach: 600,
  /** Connections that the system keeps until they are accepted, where it allows so many: one beyond them tries again after a second, then three. */
  unaccepted: 2_048,
  /** Networks that are remembered because somebody was known who called from there: their strangers go before others. */
  metNetworks: 1_000,
} as const;

/**
 * Bytes that come off a connection are parsed piece by piece, in turns: what Node makes of the smallest requests and chunks takes the thread
 * some hundred times as long as what it makes of the same bytes of one large body.
 */
export const parsing = {
  /** Of the first piece; the next one is twice as large as long as they cost next to nothing. */
  firstBytes: 256,
  /** Of a piece, while no call on the connection has said who makes it. */
  strangerBytes: 256,
  /** Of a piece after that. */
  knownBytes: 16 * kib,
  /** A piece costs next to nothing when it takes less of the thread, in milliseconds. */
  cheapMs: 0.2,
} as const;

/**
 * Thread for what comes on connections on which no call has said who makes it: milliseconds in one go, each second after that, and of one
 * connection at a time. Whoever is beyond waits, unparsed: a fifth of the thread is what a flood of them takes.
 */
export const strangerThread = { burstMs: 20, msPerSecond: 200, turnMs: 0.5 } as const;

/**
 * What is shared by callers: how much of it one may have at once, and all of them together. A caller is a system, a person, the admin
 * token, or an address for whoever is none of these. Nobody has more than half.
 */
export const shares = {
  /** Calls under way of whoever is known. */
  calls: { each: 256, all: 1_024 },
  /** Calls under way of those who are not, and bring no token. */
  strangers: { each: 32, all: 64 },
  /** Tokens under way to be looked up that this process has not seen living: guesses, and each key at its first call. Beyond it none costs a look-up. */
  lookUps: { each: 32, all: 256 },
  /** Bytes of bodies that are held until their call is answered. */
  heldBytes: { each: 32 * mib, all: 64 * mib },
  /** Bodies that are stored as they come: each holds a connection to the database until its sender is done. */
  uploads: { each: 2, all: 4 },
  /** Lists that are read to their end in one answer. */
  exports: { each: 2, all: 4 },
  /** Streams of what changes, by session: browsers open six connections to one address, and some have to be left for calls. */
  streams: { each: 4, all: 200 },
} as const;

/** So many in one go, and so many more each second. */
export interface Pace {
  burst: number;
  perSecond: number;
}

/**
 * Calls of callers that this process has not met, counted before anything of them is looked at; whoever is beyond waits. Enough for an
 * office that opens the console behind one address, a tenth or so of a core when somebody floods.
 */
export const strangerPaces = {
  /** Of one address (of IPv6 its /64 network). */
  each: { burst: 1_000, perSecond: 250 },
  /** Of all of them. */
  all: { burst: 2_000, perSecond: 500 },
} as const satisfies Record<string, Pace>;

/**
 * Refusals that are told to a caller for what it sent (400, 401, 413, 415, 429), and to all; a further one is told later, so that whoever
 * sends the same again at once cannot do so without end.
 */
export const refusalPaces = {
  each: { burst: 200, perSecond: 50 },
  all: { burst: 1_000, perSecond: 250 },
} as const satisfies Record<string, Pace>;

/**
 * Bytes of one caller's bodies beyond their first 64 KiB: so many in one go, and so many more each second, however many it sends at once.
 * Ten times what the hub works on of one system; beyond it they only take the thread from others.
 */
export const bytePace = { burst: 32 * mib, perSecond: 16 * mib } as const satisfies Pace;

/** Calls that are counted by time: so many in one go, and so many more each second. */
export const paces = {
  /** Who is this? By system: enough for a desk that asks before it makes a record, too little to go through a telephone book. */
  match: { burst: 50, perSecond: 10 },
} as const satisfies Record<string, Pace>;

/** Customers that a span of time may name for a refresh: each is kept with the run. More of them are what a refresh of all is for. */
export const mostInSpan = 10_000;

/** The report of what misalignment cost: months that it goes back, and lines of one answer. */
export const misalignmentReport = { months: 24, lines: 5_000 } as const;

/** How often calls for own views were answered: days that are shown, days that are kept, and how often it is written down, in milliseconds. */
export const answeredViews = { shownDays: 30, keptDays: 400, notedMs: minute } as const;

/** Counts of how values fare by the rules of their attributes: days that are shown, and days that are kept. */
export const standardDays = { shown: 30, kept: 400 } as const;

/** Ids elsewhere that are told of one record: more of one customer than that is no customer. */
export const mostLinks = 1_000;

/** Mistakes that a refusal lists, each with its place: a body of nothing but mistakes must not become an answer that is larger than it. */
export const mostToldMistakes = 100;

/** What the hub takes from a system that it calls, and how long it waits: nothing that is answered may cost more than this. */
export const outwardLimits = {
  /** Until a connection stands, its name found and TLS agreed: who is there takes it at once. */
  connectMs: 5_000,
  /** From there to the first byte of an answer: a system may have to write 200 rows first. */
  firstByteMs: 30_000,
  /** Without an answer for so long, the system is told to be away: the call itself is still waited for. */
  silentMs: 8_000,
  /** The whole call. A full page within it needs 280 KiB a second; one that drips is cut. */
  wholeMs: 60_000,
  /** Where an answer says when to come back, at most so long is waited within a call. */
  retryAfterMs: 60_000,
  /** What a system says of itself is a handful of words. */
  descriptionBytes: 64 * kib,
  /** A page of a listing: 1,000 rows of 16 KiB. A page that is larger is asked for again in tenths. */
  pageBytes: 16 * mib,
  /** The receipts of at most 200 deliveries, each with its row. */
  receiptsBytes: 16 * mib,
  /** So many times the bytes that may be taken may come over the connection: chunks of a byte each are six times their bytes. */
  wireShare: 2,
  /** Answers of 1xx before the answer. */
  interimAnswers: 10,
  /** An alert that is not taken by then is sent again later. */
  webhookMs: 10_000,
  /** So deep may what is answered be nested; the hub's own bodies may be 64 levels deep, and a page adds a few. */
  jsonLevels: 72,
  /** So many values may an answer hold: 1,000 rows of 2,000 fields. */
  jsonValues: 2_000_000,
  /** Rows in one page, ten times what is asked for: each that is wrong costs more than its bytes. */
  pageRows: 10_000,
  /** Values of one row that is listed or in a receipt; a wider one is an error of that row. */
  rowValues: recordBounds.values,
  /** Fields that one receipt says were refused. */
  refusedFields: 1_000,
  /** A cursor is handed back in an address. */
  cursorLength: 2_048,
  /** Rows of one listing: far above any system of customers, and the end of a list that never ends. */
  listedRows: 50_000_000,
  /** Pages of one listing. */
  listedPages: 1_000_000,
} as const;

/** Milliseconds that count when the hub has died over its work. Told in docs/security.md. */
export const careAfterDeath = {
  /** Deaths within so long are of one kind: that a line went through after all is held against the machine. */
  rememberedMs: 60 * minute,
  /** It died over several lines in a row: what was under way waits so long, then twice as long each time, up to the longest. */
  firstRestMs: 15 * second,
  longestRestMs: 2 * minute,
} as const;

/** Who may not see all values is found customers by what it may see: of those that the words find at all, so many at a time are looked at, and so often for a page. */
export const searchLooks = { rows: 500, most: 20 } as const;
