import type {
  ChangeRequest,
  Conflict,
  Decision,
  ErrorCause,
  ErrorEntry,
  Hold,
  MatchPair,
  Member,
  RefreshItem,
  RefreshRun,
  SurplusPage,
  ReplayAnswer,
  Role,
  SystemKey,
  SystemView,
  TimelineEntry,
  User,
} from '@cinch/api-contract';

/** Codes of the hub in the reader's words. A code that is not listed here is shown as it reads, hyphens aside. */
export function inWords(words: Record<string, string>): (code: string) => string {
  return (code) => words[code] ?? sentenceCase(partsOf(code).join(' '));
}

/** Of `no-base` and of `birthPlace`. */
const partsOf = (code: string) =>
  code
    .replace(/([a-z])([A-Z])/g, '$1-$2')
    .toLowerCase()
    .split('-');

export function sentenceCase(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

export function countOf(count: number, one: string, many = `${one}s`): string {
  return `${count.toLocaleString('en')} ${count === 1 ? one : many}`;
}

export const ruleInWords = inWords({
  owner: 'The system that owns it says so',
  'owner-by-phase': 'The system that owns this phase of the customer’s life says so',
  'source-priority': 'The system that stands highest in the order says so',
  'most-recent': 'The most recent change wins',
  'valid-first': 'The most recent change that passes the checks wins',
  'most-frequent': 'Most records say so',
  'most-complete': 'It says the most',
  longest: 'It is the longest',
  minimum: 'It is the smallest',
  maximum: 'It is the greatest',
  sum: 'The sum of what the records say',
  union: 'Some system says so: items are gathered from all',
  'value-ranking': 'It stands highest in the ranking of values',
  follow: 'It comes from the record that won the attribute it follows',
  trust: 'It is trusted most today',
  consent: 'The most recent known answer; of two at one time, no',
  transition: 'The last move that its system was allowed to make',
  choice: 'A steward chose it',
  pin: 'A steward pinned it',
});

export const whyNotInWords = inWords({
  older: 'changed earlier',
  tie: 'changed at the same time; lost the tie',
  outranked: 'the rule prefers the other value',
  part: 'is a part of it',
  supports: 'says the same, less exactly',
  abstains: 'fits several values, so it takes no side',
  superseded: 'replaced by what the hub delivered',
  'decided-against': 'a steward decided against it',
  'not-owner': 'the value is another system’s to change',
  requested: 'asks the owner for this value: see the change requests',
  refused: 'a steward refused to ask the owner for it',
  'not-valid': 'not valid by the rule',
  'against-a-pin': 'differs from what a steward pinned',
  tombstoned: 'its record is gone',
});

export const closedByInWords = inWords({
  choice: 'A steward chose a value',
  pin: 'A steward pinned a value',
  agreement: 'The systems agree again',
  withdrawn: 'One side was withdrawn',
});

const conflictCauses: Record<Conflict['cause'], string> = {
  concurrent: 'Two systems changed it, neither knowing of the other.',
  asked: 'The rule for this attribute leaves it to a person.',
  pins: 'Customers that came together have different pins: only one of them can bind.',
};
export const conflictCauseInWords = (cause: Conflict['cause']): string => conflictCauses[cause];

const requestStates: Record<ChangeRequest['state'], string> = {
  open: 'Open',
  accepted: 'Accepted, to be delivered',
  done: 'Accepted, taken over by the owner',
  refused: 'Refused',
  lapsed: 'Lapsed',
};
export const requestStateInWords = (state: ChangeRequest['state']): string => requestStates[state];

const decisionKinds: Record<Decision['kind'], string> = {
  choice: 'Choice',
  pin: 'Pin',
  answer: 'Answer to a request',
  reconsider: 'Reconsideration',
  link: 'Same customer',
  'not-same': 'Not the same customer',
  exclude: 'Exclusion',
  'confirm-deleted': 'Confirmed as deleted',
  reopen: 'Reopening',
  'take-back': 'Taking back',
};
export const decisionKindInWords = (kind: Decision['kind']): string => decisionKinds[kind];

const pairStates: Record<MatchPair['state'], string> = {
  open: 'to be decided',
  apart: 'not the same',
  together: 'one customer',
};
export const pairStateInWords = (state: MatchPair['state']): string => pairStates[state];

const signed = new Intl.NumberFormat('en', {
  signDisplay: 'exceptZero',
  minimumFractionDigits: 1,
  maximumFractionDigits: 1,
});
/** Evidence with its sign, to a tenth of a bit. */
export const bitsInWords = (bits: number): string => signed.format(bits).replace('-', '−');

/** What the two lines of the match model do: a line from which a person is asked above that of linking is for what must not be linked. */
export const linesInWords = ({ link, review }: { link: number; review: number }) => ({
  link: `from ${bitsInWords(link)} bits the hub links, unless something contradicts`,
  review:
    review < link
      ? `from ${bitsInWords(review)} bits a person is asked`
      : `from ${bitsInWords(review)} bits a person is asked about what contradicts`,
});

const customerTabs = {
  golden: 'Golden record',
  systems: 'As systems see it',
  decisions: 'Decisions',
  history: 'History',
};
export const customerTabInWords = (tab: keyof typeof customerTabs): string => customerTabs[tab];

const notSent: Record<SystemView['exceptions'][number]['kind'], string> = {
  parked: 'the system changed or refused it when it was sent',
  inexpressible: 'the system’s model cannot say it',
  held: 'held until its conflict is decided',
};
export const notSentInWords = (kind: SystemView['exceptions'][number]['kind']): string => notSent[kind];

const timelineKinds: Record<TimelineEntry['kind'], string> = {
  push: 'Pushed',
  heard: 'Heard by reading',
  patch: 'Changed in part',
  increment: 'Added to',
  delete: 'Deleted',
  offer: 'Offered by the hub',
  receipt: 'Answered',
};
export const timelineKindInWords = (kind: TimelineEntry['kind']): string => timelineKinds[kind];

const memberStates: Record<Member['state'], string> = {
  live: 'Live',
  pending: 'About to be created',
  deleted: 'Deleted by its system',
  old: 'Missing from the last load',
  'confirmed-deleted': 'Confirmed as deleted',
  excluded: 'Excluded from mastering',
  'not-taken': 'Not taken in: only errors are known of it',
};
export const memberStateInWords = (state: Member['state']): string => memberStates[state];

const phases: Record<RefreshRun['phase'], string> = {
  hear: 'Hearing',
  plan: 'Planning',
  planned: 'To be applied',
  apply: 'Applying',
  verify: 'Verifying',
  closed: 'Closed',
  failed: 'Failed',
  cancelled: 'Cancelled',
  standing: 'Standing',
};
export const phaseInWords = (phase: RefreshRun['phase']): string => phases[phase];

const modes: Record<RefreshRun['mode'], string> = {
  plan: 'Plan, then apply',
  full: 'Refresh',
  events: 'Between refreshes',
};
export const modeInWords = (mode: RefreshRun['mode']): string => modes[mode];

const kinds: Record<RefreshItem['kind'], string> = {
  create: 'Create',
  change: 'Change',
  waiting: 'Waiting',
  missing: 'Missing',
  surplus: 'Surplus',
  withheld: 'Withheld',
  doubled: 'Doubled',
  held: 'Held',
  inexpressible: 'Inexpressible',
  parked: 'Parked',
  'not-compared': 'Not compared',
};
export const kindInWords = (kind: RefreshItem['kind']): string => kinds[kind];

const outcomes: Record<RefreshItem['outcome'], string> = {
  planned: 'Planned',
  sent: 'Sent',
  stored: 'Stored as sent',
  parked: 'Parked',
  mismatch: 'Stored differently',
  failed: 'Failed',
  withdrawn: 'Withdrawn',
  exception: 'Exception',
};
export const outcomeInWords = (outcome: RefreshItem['outcome']): string => outcomes[outcome];

const itemCodes: Record<string, string> = {
  'not-listed': 'no longer listed by the system',
  'not-kept': 'its customer does not belong there',
  'still-there': 'still there after its delete',
  'waits-for-run': 'a mapping, rules or a load changed its customer too: left to the next refresh',
  'made-twice': 'one of several records of its customer there, of which the hub made one',
  withdrawn: 'not sent again, since the customer gets another record there',
  'taken-over': 'no answer yet, a refresh asked for it again',
  unanswered: 'no answer yet: the system is listed before it is sent again',
  awaited: 'no answer, and not listed so far: listed once more before it is sent again',
  'perhaps-made':
    'no answer, and a row that it may have made is there: not sent again until a person has joined the two',
  'not-shown': 'no answer, and the system did not list it: sent again',
  'made-elsewhere': 'its customer has an open create in another run',
  'no-difference': 'nothing differed any more when it was to be sent',
  'run-ended': 'the run ended before it was sent or answered',
  conflict: 'an open conflict holds it',
  request: 'it asks for a change of what another system owns',
  unreadable: 'what the row holds cannot be read',
  'unreadable-before': 'it changed, and what it held before could not be read',
  'not-told': 'the row leaves out what it is known to hold',
  'not-mastered': 'there is no golden value to compare it with',
  'row-unreadable': 'the row cannot be read',
};
/** Inside a sentence. */
export const itemCodeInWords = (code: string): string => itemCodes[code] ?? code.replaceAll('-', ' ');

/** What a run excepts from its proof, and why. */
export const exceptionReasons = {
  waiting: 'waits for a person',
  missing: 'missing',
  surplus: 'surplus',
  withheld: 'not created, since the customer may be there already',
  doubled: 'one of several of one customer there',
  held: 'not written, since a person is asked about its row',
  inexpressible: 'the system cannot express the value',
  parked: 'the system changed or refused the value',
  'not-compared': 'nobody can say that it is equal',
} as const satisfies Partial<Record<RefreshItem['kind'], string>>;

const errorKinds: Record<ErrorCause['kind'], string> = {
  line: 'Record not taken',
  field: 'Field not read',
  note: 'Note',
};
export const errorKindInWords = (kind: ErrorCause['kind']): string => errorKinds[kind];

const errorStates: Record<ErrorEntry['state'], string> = {
  open: 'Open',
  replaying: 'In a replay',
  resolved: 'Settled',
};
export const errorStateInWords = (state: ErrorEntry['state']): string => errorStates[state];

const holdStateWords: Record<'open' | 'answered', string> = { open: 'Open', answered: 'Answered' };
export const holdStateInWords = (state: 'open' | 'answered'): string => holdStateWords[state];

const holdAnswerWords: Record<NonNullable<Hold['answer']>, string> = {
  restored: 'The system was set back',
  drift: 'It is drift: overwrite it',
  anew: 'It counts anew: let it in',
  'let-in': 'It is right: let it in',
  'thrown-back': 'It is wrong: throw it back',
  'same-person': 'It is the same person',
  'somebody-else': 'It is somebody else since then',
  settled: 'Nobody need answer: what came next settled it',
};
export const holdAnswerInWords = (answer: NonNullable<Hold['answer']>): string => holdAnswerWords[answer];

export const errorCodeInWords = inWords({
  'no-key': 'The record has no key',
  'no-base': 'A part of a record that has not come yet',
  'unknown-code': 'The mapping does not know this code',
  'identifier-not-valid': 'This is no valid number of its scheme',
  'version-reused': 'One version came with two contents',
  held: 'Held until an admin says what it means',
  'time-ahead': 'Its time lies ahead',
  'processing-failed': 'The hub itself failed on it',
  'killed-the-hub': 'The hub ended whenever it worked on it',
  'wrong-form': 'Not of the form that the mapping reads',
  'too-long': 'Longer than the hub keeps',
  'too-many': 'More than the hub keeps',
  'not-a-date': 'Not a date',
  'kind-unclear': 'Neither a person nor an organisation',
});

const replayOutcomes: Record<ReplayAnswer['outcomes'][number]['outcome'], string> = {
  applied: 'would be taken in',
  superseded: 'would be taken in, but say what is known by now',
  error: 'would go wrong',
};
export const replayOutcomeInWords = (outcome: ReplayAnswer['outcomes'][number]['outcome']): string =>
  replayOutcomes[outcome];
const roleNames: Record<Role, string> = { admin: 'Admin', steward: 'Steward', auditor: 'Auditor' };
export const roleInWords = (role: Role): string => roleNames[role];

const roleMeanings: Record<Role, string> = {
  admin: 'Sets up people, systems, keys and rules, and does all that a steward does.',
  steward: 'Decides about customers what rules cannot.',
  auditor: 'Reads everything, also the audit log, and changes nothing.',
};
export const roleMeans = (role: Role): string => roleMeanings[role];

const userStates: Record<User['state'], string> = { active: 'Active', invited: 'Invited', disabled: 'Disabled' };
export const userStateInWords = (state: User['state']): string => userStates[state];

const surplusReasons: Record<SurplusPage['records'][number]['why'], string> = {
  'not-kept': 'Its customer has no place there',
  'still-there': 'It was deleted, and the system lists it still',
};
export const surplusReasonInWords = (why: SurplusPage['records'][number]['why']): string => surplusReasons[why];

const systemKeyStates: Record<SystemKey['state'], string> = { live: 'Live', expired: 'Expired', revoked: 'Revoked' };
export const systemKeyStateInWords = (state: SystemKey['state']): string => systemKeyStates[state];

/** A strategy as one chooses it from a list. */
export const strategyName = inWords({
  'owner-by-phase': 'Owner by phase',
  'source-priority': 'Order of systems',
  sum: 'Sum of all records',
  union: 'All items',
  'value-ranking': 'Ranking of values',
  follow: 'Follow another attribute',
  trust: 'Trust that fades',
  consent: 'Latest known answer',
  transition: 'Allowed moves',
});

/** What a strategy does, in one line beside the choice of it. */
export const strategyMeans = inWords({
  owner: 'One system masters it; what others change is a request to that system.',
  'owner-by-phase': 'Which system masters it depends on the phase of the customer’s life.',
  'source-priority': 'The systems stand in an order; the first that says anything wins.',
  'most-recent': 'Whoever changed it last wins, by the time of the change, not of its arrival.',
  'valid-first': 'The latest value that passes the checks of its shape; one that fails is shown where none passes.',
  'most-frequent': 'The value that most records say wins.',
  'most-complete': 'The value with the most parts filled in wins.',
  longest: 'The longest text wins.',
  minimum: 'The smallest of the records’ values.',
  maximum: 'The greatest of the records’ values.',
  sum: 'The records’ values are added up, each change once.',
  union: 'Every item that some system says survives by itself.',
  'value-ranking': 'The values stand in an order; the highest that anybody says wins.',
  follow: 'It comes from the same record as the attribute that it follows, so that the two fit.',
  trust: 'Each system is trusted so much, less as its word grows old; the most trusted wins.',
  consent: 'The latest known answer wins; of a yes and a no at one time, the no.',
  transition: 'Each phase has an owner, and only moves into a phase that its owner made count.',
});

/** A strategy of the rule document, as the rule that it is. */
export const strategyInWords = inWords({
  owner: 'What the owner says',
  'owner-by-phase': 'What the owner of the customer’s phase says',
  'source-priority': 'What the system says that stands highest in the order',
  'most-recent': 'The most recent change',
  'valid-first': 'The most recent change that passes the checks of its shape',
  'most-frequent': 'What most records say',
  'most-complete': 'What says the most',
  longest: 'The longest',
  minimum: 'The smallest',
  maximum: 'The greatest',
  sum: 'The sum of what the records say',
  union: 'All items that some system says',
  'value-ranking': 'What stands highest in the ranking of values',
  follow: 'What came with the winner of another attribute',
  trust: 'What is trusted most today',
  consent: 'The most recent known answer; of two at one time, no',
  transition: 'The last move that its system was allowed to make',
});

/** How many wait, beside a list of which only the first are here; nothing before that is known. */
export function openInWords(open: number | undefined): string {
  if (open === undefined) return '';
  return open === 0 ? 'None open' : `${open.toLocaleString('en')} open in all`;
}
