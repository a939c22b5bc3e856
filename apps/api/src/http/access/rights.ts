/**
 * Who may do what: every route of the hub stands here, and one that does not is denied to everybody.
 * `public`: anybody. `known`: any key or account. `system`: the system that the path names, with its own key.
 * `system-or-steward`: that system, stewards and admins. `steward`: stewards and admins. `admin`: admins, and automation with the admin token.
 */
export type Who = 'public' | 'known' | 'system' | 'system-or-steward' | 'steward' | 'admin';

export const rights: Readonly<Record<string, Who>> = {
  'GET /livez': 'public',
  'GET /readyz': 'public',
  'GET /openapi.json': 'public',
  'GET /metrics': 'known',

  'POST /api/v1/session': 'public',
  'GET /api/v1/session': 'public',
  'DELETE /api/v1/session': 'public',

  'GET /api/v1/status': 'known',
  'GET /api/v1/batches/:batchId': 'known',

  'POST /api/v1/systems/:system/records': 'system',
  'POST /api/v1/systems/:system/events': 'system',
  'POST /api/v1/systems/:system/loads': 'system',
  'GET /api/v1/systems/:system/loads': 'system-or-steward',
  // Which system's load it is, the handler looks up.
  'GET /api/v1/loads/:loadId': 'known',
  'POST /api/v1/loads/:loadId/complete': 'known',
  'POST /api/v1/loads/:loadId/abort': 'known',
  'POST /api/v1/loads/:loadId/accept': 'admin',
  'GET /api/v1/systems/:system/customers/:sourceId': 'system',
  'GET /api/v1/systems/:system/records/:sourceId': 'system-or-steward',
  'GET /api/v1/systems/:system/records/:sourceId/timeline': 'system-or-steward',
  'GET /api/v1/systems/:system/records/:sourceId/errors': 'system-or-steward',
  'GET /api/v1/systems/:system/errors': 'system',
  'GET /api/v1/systems/:system/rejects': 'system',
  'GET /api/v1/systems/:system/duplicates': 'system',
  'POST /api/v1/systems/:system/match': 'system',

  'GET /api/v1/customers': 'steward',
  'GET /api/v1/customers/:customerId': 'steward',
  'GET /api/v1/customers/:customerId/history': 'steward',
  'GET /api/v1/customers/:customerId/views': 'steward',
  'GET /api/v1/customers/:customerId/as-of': 'steward',
  'GET /api/v1/customers/:customerId/decisions': 'steward',
  'POST /api/v1/customers/:customerId/pins': 'steward',
  'POST /api/v1/customers/:customerId/merge': 'steward',
  'POST /api/v1/customers/:customerId/split': 'steward',
  'POST /api/v1/customers/:customerId/reopen': 'steward',
  'POST /api/v1/customers/:customerId/reconsider': 'admin',
  'GET /api/v1/records': 'steward',
  'POST /api/v1/records/:recordId/exclude': 'admin',
  'POST /api/v1/records/:recordId/confirm-deleted': 'steward',
  'GET /api/v1/pins': 'steward',
  'GET /api/v1/change-requests': 'steward',
  'POST /api/v1/change-requests/:requestId/answer': 'steward',
  'GET /api/v1/match-reviews': 'steward',
  'GET /api/v1/match-reviews/:one/:other': 'steward',
  'POST /api/v1/match-reviews/decision': 'steward',
  'GET /api/v1/conflicts': 'steward',
  'GET /api/v1/conflicts/:conflictId': 'steward',
  'POST /api/v1/conflicts/:conflictId/resolution': 'steward',
  'POST /api/v1/decisions/:decisionId/undo': 'steward',

  'GET /api/v1/systems': 'steward',
  'POST /api/v1/systems': 'admin',
  'POST /api/v1/systems/:system/keys': 'admin',
  'PUT /api/v1/systems/:system/lane': 'admin',
  'PUT /api/v1/systems/:system/inbound': 'admin',
  'PUT /api/v1/systems/:system/outbound': 'admin',
  'PUT /api/v1/systems/:system/scope': 'admin',
  'GET /api/v1/systems/:system/restores': 'steward',
  'POST /api/v1/systems/:system/restores': 'admin',
  'GET /api/v1/systems/:system/mapping': 'admin',
  'PUT /api/v1/systems/:system/mapping': 'admin',
  'POST /api/v1/systems/:system/mapping/check': 'admin',

  'GET /api/v1/rules/survivorship': 'steward',
  'PUT /api/v1/rules/survivorship': 'admin',
  'POST /api/v1/rules/survivorship/preview': 'steward',
  'GET /api/v1/rules/matching': 'steward',
  'PUT /api/v1/rules/matching': 'admin',
  'POST /api/v1/rules/matching/count': 'admin',

  'GET /api/v1/refreshes': 'steward',
  'POST /api/v1/refreshes': 'admin',
  'GET /api/v1/refreshes/:runId': 'steward',
  'GET /api/v1/refreshes/:runId/items': 'steward',
  'POST /api/v1/refreshes/:runId/apply': 'admin',
  'POST /api/v1/refreshes/:runId/cancel': 'admin',
  'GET /api/v1/crosswalk': 'admin',
  'GET /api/v1/errors': 'admin',
  'GET /api/v1/errors/entries': 'admin',
  'GET /api/v1/errors/entries/:errorId': 'admin',
  'POST /api/v1/errors/replay': 'admin',
  'GET /api/v1/errors/replays': 'admin',
  'GET /api/v1/errors/replays/:replayId': 'admin',
};

/** `path` as the router names it, with its parameters. A HEAD is a GET without its body. */
export function whoMay(method: string, path: string): Who | null {
  return rights[`${method === 'HEAD' ? 'GET' : method} ${path}`] ?? null;
}
