/** Whoever may call: a system names itself by its key, and has its own addresses (`/systems/:system`) and those of others. */
export const callers = ['nobody', 'system', 'other-system', 'steward', 'auditor', 'admin', 'automation'] as const;
export type Caller = (typeof callers)[number];

/**
 * The audiences of the table below. Who may `act` may also read, and an auditor reads whatever anybody can see in the console.
 * Automation is whoever sends the admin token. Where an address names a batch or a load, its handler looks up whose it is.
 */
const audiences = {
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

/** Who may do what: every route of the hub stands here, and one that does not is denied to everybody. */
export const rights: Readonly<Record<string, Who>> = {
  'GET /livez': 'public',
  'GET /readyz': 'public',
  'GET /openapi.json': 'public',
  'GET /docs': 'public',
  'GET /metrics': 'known',

  'POST /api/v1/session': 'public',
  'GET /api/v1/session': 'public',
  'DELETE /api/v1/session': 'public',
  'POST /api/v1/links/look': 'public',
  'POST /api/v1/links/use': 'public',
  'PUT /api/v1/account/password': 'person',
  'GET /api/v1/account/sessions': 'person',
  'DELETE /api/v1/account/sessions': 'person',
  'DELETE /api/v1/account/sessions/:sessionId': 'person',

  'GET /api/v1/users': 'overseer',
  'POST /api/v1/users': 'admin',
  'PUT /api/v1/users/:userId/role': 'admin',
  'POST /api/v1/users/:userId/link': 'admin',
  'POST /api/v1/users/:userId/disable': 'admin',
  'POST /api/v1/users/:userId/enable': 'admin',
  'DELETE /api/v1/users/:userId': 'admin',
  'GET /api/v1/audit': 'overseer',
  'POST /api/v1/audit/search': 'overseer',

  'GET /api/v1/status': 'known',
  'GET /api/v1/batches/:batchId': 'known',

  'POST /api/v1/systems/:system/records': 'system',
  'POST /api/v1/systems/:system/events': 'system',
  'POST /api/v1/systems/:system/loads': 'system',
  'GET /api/v1/systems/:system/loads': 'system-or-reader',
  // Which system's load it is, the handler looks up.
  'GET /api/v1/loads/:loadId': 'known',
  'POST /api/v1/loads/:loadId/complete': 'system-or-admin',
  'POST /api/v1/loads/:loadId/abort': 'system-or-admin',
  'POST /api/v1/loads/:loadId/accept': 'admin',
  'GET /api/v1/systems/:system/customers': 'system',
  'GET /api/v1/systems/:system/customers/:sourceId': 'system',
  'GET /api/v1/systems/:system/records/:sourceId': 'system-or-reader',
  'GET /api/v1/systems/:system/records/:sourceId/timeline': 'system-or-reader',
  'GET /api/v1/systems/:system/records/:sourceId/errors': 'system-or-reader',
  'GET /api/v1/systems/:system/errors': 'system',
  'GET /api/v1/systems/:system/rejects': 'system',
  'GET /api/v1/systems/:system/duplicates': 'system-or-reader',
  'GET /api/v1/systems/:system/surplus': 'system-or-reader',
  'POST /api/v1/systems/:system/match': 'system',

  'GET /api/v1/live': 'reader',
  'GET /api/v1/overview': 'reader',
  'GET /api/v1/customers': 'reader',
  'POST /api/v1/customers/search': 'reader',
  'GET /api/v1/customers/:customerId': 'reader',
  'GET /api/v1/customers/:customerId/history': 'reader',
  'GET /api/v1/customers/:customerId/views': 'reader',
  'GET /api/v1/customers/:customerId/as-of': 'reader',
  'GET /api/v1/customers/:customerId/decisions': 'reader',
  'POST /api/v1/customers/:customerId/pins': 'steward',
  'POST /api/v1/customers/:customerId/merge': 'steward',
  'POST /api/v1/customers/:customerId/split': 'steward',
  'POST /api/v1/customers/:customerId/reopen': 'steward',
  'POST /api/v1/customers/:customerId/reconsider': 'admin',
  'GET /api/v1/records': 'reader',
  'POST /api/v1/records/:recordId/exclude': 'admin',
  'POST /api/v1/records/:recordId/confirm-deleted': 'steward',
  'GET /api/v1/pins': 'reader',
  'GET /api/v1/change-requests': 'reader',
  'POST /api/v1/change-requests/:requestId/answer': 'steward',
  'GET /api/v1/holds': 'reader',
  'GET /api/v1/holds/:holdId': 'reader',
  'POST /api/v1/holds/:holdId/answer': 'admin',
  'GET /api/v1/match-reviews': 'reader',
  'GET /api/v1/match-reviews/:one/:other': 'reader',
  'POST /api/v1/match-reviews/decision': 'steward',
  'GET /api/v1/conflicts': 'reader',
  'GET /api/v1/conflicts/:conflictId': 'reader',
  'POST /api/v1/conflicts/:conflictId/resolution': 'steward',
  'POST /api/v1/decisions/:decisionId/undo': 'steward',

  'GET /api/v1/systems': 'reader',
  'POST /api/v1/systems': 'admin',
  'GET /api/v1/systems/:system/keys': 'overseer',
  'POST /api/v1/systems/:system/keys': 'admin',
  'POST /api/v1/systems/:system/keys/:keyId/revoke': 'admin',
  'PUT /api/v1/systems/:system/lane': 'admin',
  'PUT /api/v1/systems/:system/inbound': 'admin',
  'PUT /api/v1/systems/:system/outbound': 'admin',
  'PUT /api/v1/systems/:system/scope': 'admin',
  'POST /api/v1/systems/:system/scope/preview': 'admin',
  'PUT /api/v1/systems/:system/limits': 'admin',
  'PUT /api/v1/systems/:system/schedule': 'admin',
  'GET /api/v1/systems/:system/take-backs': 'reader',
  'POST /api/v1/systems/:system/take-backs': 'admin',
  'POST /api/v1/systems/:system/take-backs/preview': 'admin',
  'POST /api/v1/take-backs/:decisionId/undo': 'admin',
  'GET /api/v1/systems/:system/restores': 'reader',
  'POST /api/v1/systems/:system/restores': 'admin',
  'GET /api/v1/systems/:system/mapping': 'overseer',
  'GET /api/v1/systems/:system/mapping/versions': 'overseer',
  'GET /api/v1/systems/:system/mapping/projection': 'overseer',
  'PUT /api/v1/systems/:system/mapping': 'admin',
  'POST /api/v1/systems/:system/mapping/check': 'admin',
  'POST /api/v1/systems/:system/mapping/suggest': 'admin',

  'GET /api/v1/outbound': 'reader',
  'PUT /api/v1/outbound': 'admin',
  'GET /api/v1/configuration': 'overseer',
  'PUT /api/v1/configuration': 'admin',

  'GET /api/v1/rules/survivorship': 'reader',
  'PUT /api/v1/rules/survivorship': 'admin',
  'GET /api/v1/rules/survivorship/versions': 'reader',
  'GET /api/v1/rules/survivorship/versions/:version': 'reader',
  'GET /api/v1/rules/survivorship/attributes': 'reader',
  'POST /api/v1/rules/survivorship/preview': 'steward',
  'GET /api/v1/rules/matching': 'reader',
  'PUT /api/v1/rules/matching': 'admin',
  'GET /api/v1/rules/matching/versions': 'reader',
  'GET /api/v1/rules/matching/versions/:version': 'reader',
  'GET /api/v1/rules/matching/fields': 'reader',
  'GET /api/v1/rules/matching/picture': 'reader',
  'GET /api/v1/rules/matching/progress': 'reader',
  'POST /api/v1/rules/matching/preview': 'steward',
  'POST /api/v1/rules/matching/count': 'admin',

  'GET /api/v1/refreshes': 'reader',
  'POST /api/v1/refreshes': 'admin',
  'GET /api/v1/refreshes/:runId': 'reader',
  'GET /api/v1/refreshes/:runId/items': 'reader',
  'POST /api/v1/refreshes/:runId/apply': 'admin',
  'POST /api/v1/refreshes/:runId/cancel': 'admin',
  'GET /api/v1/crosswalk': 'overseer',
  'GET /api/v1/errors': 'overseer',
  'GET /api/v1/errors/entries': 'overseer',
  'GET /api/v1/errors/entries/:errorId': 'overseer',
  'POST /api/v1/errors/replay': 'admin',
  'GET /api/v1/errors/replays': 'overseer',
  'GET /api/v1/errors/replays/:replayId': 'overseer',
};

/** `path` as the router names it, with its parameters. A HEAD is a GET without its body. */
export function whoMay(method: string, path: string): Who | null {
  return rights[`${method === 'HEAD' ? 'GET' : method} ${path}`] ?? null;
}

export function isAmong(who: Who, caller: Caller): boolean {
  return (audiences[who] as readonly Caller[]).includes(caller);
}

/** Every call that this kind of caller may make. */
export function callsOf(caller: Caller): string[] {
  return Object.entries(rights).flatMap(([route, who]) => (isAmong(who, caller) ? [route] : []));
}
