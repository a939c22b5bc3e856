import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http';
import type { NestExpressApplication } from '@nestjs/platform-express';
import type { Express, Request } from 'express';
import { noteKnown } from '../../connections.ts';
import { OwnViews } from '../../pipeline/own-views.ts';
import { AnsweredViews } from './answered-views.ts';
import { AdminToken } from '../../platform/accounts/admin-token.ts';
import { SystemKeys } from '../../stages/systems/system-keys.ts';
import { callerOf } from '../access/actor.ts';
import { isAmong, whoMay } from '../access/rights.ts';
import { logsCalls } from '../request-log.ts';
import { securityHeaders } from '../security-headers.ts';

const route = '/api/v1/systems/:system/customers/:sourceId';
const address = /^\/api\/v1\/systems\/([^/?]+)\/customers\/([^/?]+)$/;
const bearer = /^Bearer +(\S+)$/i;
/** What is asked with one of these may be answered otherwise. */
const asksMore = [
  'if-none-match',
  'if-modified-since',
  'cache-control',
  'range',
  'content-length',
  'transfer-encoding',
];

type Headers = Record<string, string | number>;

/**
 * The call that systems make most, answered in front of the router, which takes longer than the answer itself. Only where all is well:
 * whatever is refused, not found, logged or asked otherwise goes through the router, and is answered there alone.
 */
export function ownViewsFirst(app: NestExpressApplication, logLevel: string): RequestListener {
  const express = app.getHttpAdapter().getInstance() as Express;
  const who = whoMay('GET', route);
  if (logsCalls.has(logLevel) || who === null || !isAmong(who, 'system')) return express;
  const [views, keys, adminToken] = [app.get(OwnViews), app.get(SystemKeys), app.get(AdminToken)];
  const answered = app.get(AnsweredViews);
  const etagOf = express.get('etag fn') as (body: string, encoding: 'utf8') => string;
  const headers: Headers = { ...securityHeaders(), 'Content-Type': 'application/json; charset=utf-8' };

  // A key that has to be looked up takes its turn at the door.
  const answer = async (
    { token, system, sourceId }: Asked,
    request: IncomingMessage,
    response: ServerResponse,
  ): Promise<boolean> => {
    if ((await adminToken.accepts(token)) || keys.systemAtHand(token) !== system) return false;
    // As at the door: what comes on this connection is no stranger's any more.
    noteKnown(request.socket, callerOf({ kind: 'system', code: system }, request as Request));
    const body = JSON.stringify(await views.serve(system, sourceId));
    response.writeHead(200, { ...headers, 'Content-Length': Buffer.byteLength(body), ETag: etagOf(body, 'utf8') });
    response.end(body);
    // What fails here is asked once more by the router, and noted there.
    answered.note(system, true);
    return true;
  };

  return (request, response) => {
    const asked = askedBy(request);
    if (!asked) return express(request, response);
    answer(asked, request, response).then(
      (isAnswered) => isAnswered || express(request, response),
      () => express(request, response),
    );
  };
}

interface Asked {
  token: string;
  system: string;
  sourceId: string;
}

/** Null where it is no plain question for a view. */
function askedBy({ method, url, headers }: IncomingMessage): Asked | null {
  if (method !== 'GET' || asksMore.some((name) => headers[name] !== undefined)) return null;
  const [, system, sourceId] = address.exec(url ?? '') ?? [];
  const [, token] = bearer.exec(headers.authorization ?? '') ?? [];
  if (system === undefined || sourceId === undefined || token === undefined) return null;
  try {
    return { token, system: decodeURIComponent(system), sourceId: decodeURIComponent(sourceId) };
  } catch {
    return null;
  }
}
