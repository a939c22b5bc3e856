import type { paces } from './limits.ts';

/** Whoever may call: a system names itself by its key, and has its own addresses (`/systems/:system`) and those of others. */
export const callers = ['nobody', 'system', 'other-system', 'steward', 'auditor', 'admin', 'automation'] as const;
export type Caller = (typeof callers)[number];

/**
 * The audiences of the table below. Who may `act` may also read, and an auditor reads whatever anybody can see in the console.
 * Automation is whoever sends the admin token. Where an address names a batch or a load, its handler looks up whose it is.
 */
export const audiences = {
  public: ['nobody', 'system', 'other-system', 'steward', 'auditor', 'admin', 'automation'],
  known: ['system', 'steward', 'auditor', 'admin', 'automation'],
  /** A person, about the own account. */
  person: ['steward', 'auditor', 'admin'],
  system: ['system'],
  'system-or-reader': ['system', 'steward', 'auditor', 'admin', 'automation'],
  'system-or-admin': ['system', 'admin', 'automation'],
  reader: ['steward', 'auditor', 'admin', 'automation'],
  steward: ['steward', 'admin', 'automation'],
  overseer: ['auditor', 'admin', 'automation'],
  admin: ['admin', 'automation'],
} as const satisfies Record<string, readonly Caller[]>;
export type Who = keyof typeof audiences;

interface RouteEntry {
  who: Who;
  /** What the route is for, in the description of the API. */
  summary: string;
  /** How much may be sent: a document is longer than an act; what is streamed is read by the handler itself. Without it, as much as an act needs. */
  body?: 'document' | 'streamed';
  /** By what its calls are counted, before what is sent is read. */
  pace?: keyof typeof paces;
}

/**
 * Every route of the hub, by its method and its path as the router names it. Guards, the longest body, the description of the API and
 * what the console offers follow from it; a route that does not stand here is denied to everybody. Which values a caller sees in
 * the answers stands in `sights`.
 */
export const routes = {
  'GET /livez': { who: 'public', summary: 'Whether the process lives' },
  'GET /readyz': { who: 'public', summary: 'Whether the hub takes requests' },
  'GET /openapi.json': { who: 'public', summary: 'The description of the API' },
  'GET /docs': { who: 'public', summary: 'The description of the API as a page' },
  'GET /metrics': { who: 'known', summary: 'Figures for Prometheus' },

  'POST /api/v1/session': { who: 'public', summary: 'Log in' },
  'GET /api/v1/session': { who: 'public', summary: 'Who is logged in' },
  'DELETE /api/v1/session': { who: 'public', summary: 'Log out' },
  'POST /api/v1/links/look': { who: 'public', summary: 'What an invitation or reset link is for' },
  'POST /api/v1/links/use': { who: 'public', summary: 'Set a password by an invitation or reset link' },
  'PUT /api/v1/account/password': { who: 'person', summary: 'Change the own password' },
  'GET /api/v1/account/sessions': { who: 'person', summary: 'List the own sessions' },
  'DELETE /api/v1/account/sessions': { who: 'person', summary: 'End all own sessions but this one' },
  'DELETE /api/v1/account/sessions/:sessionId': { who: 'person', summary: 'End one of the own sessions' },

  'GET /api/v1/users': { who: 'overseer', summary: 'List the users' },
  'POST /api/v1/users': { who: 'admin', summary: 'Invite a user' },
  'PUT /api/v1/users/:userId/role': { who: 'admin', summary: 'Give a user another role' },
  'POST /api/v1/users/:userId/link': { who: 'admin', summary: 'Make a link by which a user sets a new password' },
  'POST /api/v1/users/:userId/disable': { who: 'admin', summary: 'Disable a user and end the sessions' },
  'POST /api/v1/users/:userId/enable': { who: 'admin', summary: 'Enable a user again' },
  'DELETE /api/v1/users/:userId': { who: 'admin', summary: 'Take back an invitation or remove a user' },
  'GET /api/v1/audit': { who: 'overseer', summary: 'Who did what, the latest first' },
  'POST /api/v1/audit/search': { who: 'overseer', summary: 'Search in who did what' },

  'GET /api/v1/status': { who: 'known', summary: 'How much waits, is applied, superseded or in the error log' },
  'GET /api/v1/batches/:batchId': { who: 'known', summary: 'Where the lines of a batch are' },

  'POST /api/v1/systems/:system/records': { who: 'system', summary: 'Push records', body: 'streamed' },
  'POST /api/v1/systems/:system/events': { who: 'system', summary: 'Push events', body: 'streamed' },
  'POST /api/v1/systems/:system/loads': { who: 'system', summary: 'Open a load of all records' },
  'GET /api/v1/systems/:system/loads': { who: 'system-or-reader', summary: 'List the loads of a system' },
  // Which system's load it is, the handler looks up.
  'GET /api/v1/loads/:loadId': { who: 'known', summary: 'How far a load is' },
  'POST /api/v1/loads/:loadId/complete': {
    who: 'system-or-admin',
    summary: 'Say that all records of a load were sent',
  },
  'POST /api/v1/loads/:loadId/abort': { who: 'system-or-admin', summary: 'Give a load up' },
  'POST /api/v1/loads/:loadId/accept': { who: 'admin', summary: 'Flag what a held load did not show after all' },
  'GET /api/v1/systems/:system/customers': {
    who: 'system',
    summary: 'Read the own views of all customers, as pages or as NDJSON',
  },
  'GET /api/v1/systems/:system/customers/:sourceId': { who: 'system', summary: 'Read the own view of a customer' },
  'GET /api/v1/systems/:system/standards': {
    who: 'reader',
    summary: 'Count how the values of a system fare by the rules of their attributes',
  },
  'GET /api/v1/systems/:system/own-views': {
    who: 'system-or-reader',
    summary: 'How often calls of a system for its own views were answered, by day',
  },
  'GET /api/v1/systems/:system/customers/:sourceId/links': {
    who: 'system',
    summary: 'What other systems call the customer of an own record',
  },
  'GET /api/v1/systems/:system/records/:sourceId': {
    who: 'system-or-reader',
    summary: 'Where the own record is, and what the hub knows of it',
  },
  'GET /api/v1/systems/:system/records/:sourceId/timeline': {
    who: 'system-or-reader',
    summary: 'All that a record said, was offered and took',
  },
  'GET /api/v1/systems/:system/records/:sourceId/errors': {
    who: 'system-or-reader',
    summary: 'What went wrong with a record',
  },
  'GET /api/v1/systems/:system/errors': { who: 'system', summary: 'List the own records in the error log' },
  'GET /api/v1/systems/:system/rejects': { who: 'system', summary: 'List the own lines that were refused' },
  'GET /api/v1/systems/:system/duplicates': {
    who: 'system-or-reader',
    summary: 'List the own records that are of one customer',
  },
  'GET /api/v1/systems/:system/surplus': {
    who: 'system-or-reader',
    summary: 'List the own records that do not belong there, by the last refresh',
  },
  'POST /api/v1/systems/:system/match': {
    who: 'system',
    summary: 'Ask who somebody is, without storing anything',
    pace: 'match',
  },

  'GET /api/v1/live': { who: 'reader', summary: 'Be told what has changed, as server-sent events' },
  'GET /api/v1/overview': { who: 'reader', summary: 'What differs, what waits and what came in' },
  'GET /api/v1/change-rates': { who: 'reader', summary: 'How often customers change here, for the lab' },
  'GET /api/v1/misalignment': {
    who: 'reader',
    summary: 'What misaligned models cost: drift found, repairs and decisions by month, attribute and systems',
  },
  'GET /api/v1/customers': { who: 'reader', summary: 'List customers' },
  'POST /api/v1/customers/search': { who: 'reader', summary: 'Search customers' },
  'GET /api/v1/customers/:customerId': { who: 'reader', summary: 'Read a golden record and why it holds what it does' },
  'GET /api/v1/customers/:customerId/history': { who: 'reader', summary: 'What changed in a customer, and why' },
  'GET /api/v1/customers/:customerId/views': {
    who: 'reader',
    summary: 'How each system sees a customer, beside what it holds',
  },
  'GET /api/v1/customers/:customerId/as-of': { who: 'reader', summary: 'Read a golden record as it was at an instant' },
  'GET /api/v1/customers/:customerId/decisions': { who: 'reader', summary: 'What people decided about a customer' },
  'POST /api/v1/customers/:customerId/pins': { who: 'steward', summary: 'Fix a value' },
  // Whether it is one that the caller may have revealed, the handler looks up: see `sights`.
  'POST /api/v1/customers/:customerId/reveal': {
    who: 'steward',
    summary: 'Read the values of one attribute that are masked, which is noted in the audit',
  },
  'POST /api/v1/customers/:customerId/merge': { who: 'steward', summary: 'Say that two customers are the same' },
  'POST /api/v1/customers/:customerId/split': {
    who: 'steward',
    summary: 'Say that a customer is two, or see what that would give',
  },
  'POST /api/v1/customers/:customerId/reopen': { who: 'steward', summary: 'Allow a deleted customer to be made again' },
  'POST /api/v1/customers/:customerId/reconsider': {
    who: 'admin',
    summary: 'Let values vote again that deliveries replaced',
  },
  'GET /api/v1/records': { who: 'reader', summary: 'List the records that the last load of their system did not show' },
  'POST /api/v1/records/:recordId/exclude': { who: 'admin', summary: 'Take a record out of mastering' },
  'POST /api/v1/records/:recordId/put-back': { who: 'steward', summary: 'Put a row that is gone back whole' },
  'POST /api/v1/records/:recordId/confirm-deleted': {
    who: 'steward',
    summary: 'Confirm that a record is gone from its system',
  },
  'GET /api/v1/pins': { who: 'reader', summary: 'List the values that are fixed' },
  'GET /api/v1/change-requests': { who: 'reader', summary: 'List the changes that owners are asked for' },
  'POST /api/v1/change-requests/:requestId/answer': { who: 'steward', summary: 'Accept or refuse a change request' },
  'GET /api/v1/holds': { who: 'reader', summary: 'List what is held until a person says what it means' },
  'GET /api/v1/holds/:holdId': { who: 'reader', summary: 'Read what is held for one question' },
  'POST /api/v1/holds/:holdId/preview': { who: 'admin', summary: 'See what each answer would change' },
  'POST /api/v1/holds/:holdId/answer': {
    who: 'admin',
    summary: 'Say what it was: a restore, drift, or versions that count anew',
  },
  'GET /api/v1/match-reviews': { who: 'reader', summary: 'List the customers that may be one' },
  'GET /api/v1/match-reviews/:one/:other': {
    who: 'reader',
    summary: 'Two records side by side, and why they may be of one customer',
  },
  'POST /api/v1/match-reviews/decision': { who: 'steward', summary: 'Say whether two records are of one customer' },
  'GET /api/v1/conflicts': { who: 'reader', summary: 'List conflicts' },
  'GET /api/v1/conflicts/:conflictId': { who: 'reader', summary: 'Read a conflict with its candidates' },
  'POST /api/v1/conflicts/:conflictId/resolution': { who: 'steward', summary: 'Choose one of the candidates' },
  'POST /api/v1/conflicts/:conflictId/same/preview': {
    who: 'steward',
    summary: 'See which other conflicts ask the same, and what one answer to all would change',
  },
  'POST /api/v1/conflicts/:conflictId/same': { who: 'steward', summary: 'Give one answer to all that ask the same' },
  'GET /api/v1/bulk-decisions': { who: 'reader', summary: 'List the answers that were given to many conflicts as one' },
  'POST /api/v1/bulk-decisions/:bulkId/undo': { who: 'steward', summary: 'Undo an answer to many conflicts as one' },
  'POST /api/v1/decisions/:decisionId/undo': { who: 'steward', summary: 'Undo a decision' },

  'GET /api/v1/systems': { who: 'reader', summary: 'List the systems' },
  'POST /api/v1/systems': { who: 'admin', summary: 'Register a system' },
  'GET /api/v1/systems/:system/keys': { who: 'overseer', summary: 'List the keys of a system' },
  'POST /api/v1/systems/:system/keys': { who: 'admin', summary: 'Make a key, shown this once' },
  'POST /api/v1/systems/:system/keys/:keyId/revoke': { who: 'admin', summary: 'Revoke a key' },
  'PUT /api/v1/systems/:system/lane': { who: 'admin', summary: 'Switch events between refreshes on or off' },
  'PUT /api/v1/systems/:system/inbound': { who: 'admin', summary: 'Pause or take what a system pushes' },
  'PUT /api/v1/systems/:system/outbound': { who: 'admin', summary: 'Arm or disarm a system for refreshes' },
  'PUT /api/v1/systems/:system/mastering': {
    who: 'admin',
    summary: 'Let all count that a new system tells, or look first',
  },
  'PUT /api/v1/systems/:system/standing-answer': {
    who: 'admin',
    summary: 'Answer rows that look set back by themselves, or ask of each',
  },
  'PUT /api/v1/systems/:system/scope': { who: 'admin', summary: 'Say which customers a system gets' },
  'POST /api/v1/systems/:system/scope/preview': {
    who: 'admin',
    summary: 'Count whom another scope would take in or leave out',
  },
  'PUT /api/v1/systems/:system/limits': {
    who: 'admin',
    summary: 'Say up to where a system may be changed without a person looking',
  },
  'PUT /api/v1/systems/:system/schedule': {
    who: 'admin',
    summary: 'Say when a system is refreshed without anybody asking',
  },
  'PUT /api/v1/systems/:system/comparison': {
    who: 'admin',
    summary: 'Say of which attributes drift is looked for in some rows, or in none',
  },
  'GET /api/v1/systems/:system/take-backs': { who: 'reader', summary: 'List what was taken back of a system' },
  'POST /api/v1/systems/:system/take-backs': {
    who: 'admin',
    summary: 'Take back all that a system told in a batch, a load, a run or some time',
  },
  'POST /api/v1/systems/:system/take-backs/preview': {
    who: 'admin',
    summary: 'Count what taking something back would change',
  },
  'POST /api/v1/take-backs/:decisionId/undo': { who: 'admin', summary: 'Bring in again what was taken back' },
  'GET /api/v1/systems/:system/restores': { who: 'reader', summary: 'List when a system was set back' },
  'POST /api/v1/systems/:system/restores': { who: 'admin', summary: 'Say that a system was set back' },
  'GET /api/v1/systems/:system/mapping': { who: 'overseer', summary: 'Read the mapping in force' },
  'GET /api/v1/systems/:system/mapping/versions': { who: 'overseer', summary: 'List the versions of a mapping' },
  'GET /api/v1/systems/:system/mapping/projection': {
    who: 'overseer',
    summary: 'Read what is compared of the rows of a system',
  },
  'PUT /api/v1/systems/:system/mapping': { who: 'admin', summary: 'Publish a mapping', body: 'document' },
  'POST /api/v1/systems/:system/mapping/preview': {
    who: 'admin',
    summary: 'See what another mapping would change',
    body: 'document',
  },
  'POST /api/v1/systems/:system/mapping/check': {
    who: 'admin',
    summary: 'Try a mapping on samples, in both directions',
    body: 'document',
  },
  'GET /api/v1/systems/:system/mapping/codes': {
    who: 'overseer',
    summary: 'List the codes at a place that the mapping does not know',
  },
  'POST /api/v1/systems/:system/mapping/codes': {
    who: 'admin',
    summary: 'Tie codes that the mapping does not know: publishes its next version',
  },
  'POST /api/v1/systems/:system/mapping/suggest': {
    who: 'admin',
    summary: 'Suggest a mapping from the columns and values of a CSV file',
    body: 'document',
  },

  'GET /api/v1/outbound': { who: 'reader', summary: 'Whether the hub sends anything at all' },
  'PUT /api/v1/outbound': { who: 'admin', summary: 'Pause or resume all that the hub sends' },
  'GET /api/v1/configuration': { who: 'overseer', summary: 'Read all that admins set up, as one document' },
  'PUT /api/v1/configuration': {
    who: 'admin',
    summary: 'Bring the hub to a configuration, or see what that would change',
    body: 'document',
  },

  'GET /api/v1/change-sets': { who: 'reader', summary: 'List what was published, and what together' },
  'POST /api/v1/change-sets': {
    who: 'admin',
    summary: 'Publish several documents in one transaction, or none of them',
    body: 'document',
  },
  'POST /api/v1/change-sets/check': {
    who: 'admin',
    summary: 'See every mistake of several documents, or what they would change together',
    body: 'document',
  },

  'GET /api/v1/canonical-model': { who: 'reader', summary: 'Read which attributes and lists there are' },
  'PUT /api/v1/canonical-model': { who: 'admin', summary: 'Publish a canonical model', body: 'document' },
  'GET /api/v1/canonical-model/versions': { who: 'reader', summary: 'List the versions of the canonical model' },
  'GET /api/v1/canonical-model/versions/:version': { who: 'reader', summary: 'Read a version of the canonical model' },
  'GET /api/v1/canonical-model/shapes': { who: 'reader', summary: 'List what an attribute can be' },
  'GET /api/v1/canonical-model/usage/:attribute': {
    who: 'reader',
    summary: 'See what names an attribute or a list, and how much is stored of it',
  },
  'POST /api/v1/canonical-model/check': {
    who: 'admin',
    summary: 'See every mistake of a canonical model',
    body: 'document',
  },
  'POST /api/v1/canonical-model/preview': {
    who: 'admin',
    summary: 'See what another canonical model would change',
    body: 'document',
  },

  'GET /api/v1/rules/survivorship': { who: 'reader', summary: 'Read the survivorship rules in force' },
  'PUT /api/v1/rules/survivorship': { who: 'admin', summary: 'Publish survivorship rules', body: 'document' },
  'GET /api/v1/rules/survivorship/versions': { who: 'reader', summary: 'List the versions of the survivorship rules' },
  'GET /api/v1/rules/survivorship/versions/:version': {
    who: 'reader',
    summary: 'Read a version of the survivorship rules',
  },
  'GET /api/v1/rules/survivorship/attributes': {
    who: 'reader',
    summary: 'List what rules may be for, with the strategies that fit',
  },
  'POST /api/v1/rules/survivorship/preview': {
    who: 'steward',
    summary: 'See what other rules would change',
    body: 'document',
  },
  'GET /api/v1/rules/matching': { who: 'reader', summary: 'Read the match model' },
  'PUT /api/v1/rules/matching': {
    who: 'admin',
    summary: 'Publish a match model and match all records anew',
    body: 'document',
  },
  'GET /api/v1/rules/matching/versions': { who: 'reader', summary: 'List the versions of the match model' },
  'GET /api/v1/rules/matching/versions/:version': { who: 'reader', summary: 'Read a version of the match model' },
  'GET /api/v1/rules/matching/fields': {
    who: 'reader',
    summary: 'List what is compared of two records, and the outcomes',
  },
  'GET /api/v1/rules/matching/picture': { who: 'reader', summary: 'See where pairs of records lie by their weight' },
  'GET /api/v1/rules/matching/progress': { who: 'reader', summary: 'See how far work on all records has come' },
  'POST /api/v1/rules/matching/preview': {
    who: 'steward',
    summary: 'See what another match model would change',
    body: 'document',
  },
  'POST /api/v1/rules/matching/count': {
    who: 'admin',
    summary: 'Count what is common, as a model to look at',
    body: 'document',
  },
  'POST /api/v1/rules/matching/training': {
    who: 'admin',
    summary: 'Learn weights without labels, as a model to look at',
    body: 'document',
  },
  'POST /api/v1/rules/matching/shared': {
    who: 'admin',
    summary: 'Look now which values more people share than one household, which the hub does once a day',
  },

  'GET /api/v1/refreshes': { who: 'reader', summary: 'List refresh runs' },
  'POST /api/v1/refreshes': { who: 'admin', summary: 'Start a refresh or a drift check' },
  'GET /api/v1/refreshes/:runId': { who: 'reader', summary: 'Read a run' },
  'GET /api/v1/refreshes/:runId/items': { who: 'reader', summary: 'List what a run planned and did, record by record' },
  'POST /api/v1/refreshes/:runId/apply': { who: 'admin', summary: 'Apply the plan' },
  'POST /api/v1/refreshes/:runId/cancel': { who: 'admin', summary: 'Cancel a run' },
  'GET /api/v1/moved-records': {
    who: 'overseer',
    summary: 'List the records that left one customer for another, and why',
  },
  'GET /api/v1/crosswalk': { who: 'overseer', summary: 'Read which record is of which customer, as NDJSON' },
  'GET /api/v1/errors': { who: 'overseer', summary: 'List the causes of errors, grouped' },
  'GET /api/v1/errors/entries': { who: 'overseer', summary: 'List the entries of the error log' },
  'GET /api/v1/errors/entries/:errorId': { who: 'overseer', summary: 'Read an entry with what was sent' },
  'POST /api/v1/errors/replay': { who: 'admin', summary: 'Try entries again, or see how many that would be' },
  'GET /api/v1/errors/replays': { who: 'overseer', summary: 'List replays' },
  'GET /api/v1/errors/replays/:replayId': { who: 'overseer', summary: 'How far a replay is' },
} as const satisfies Record<string, RouteEntry>;
export type RouteName = keyof typeof routes;
