import type { RequestHandler } from 'express';
import { ProblemError } from '../problem.ts';

const safeMethods = new Set(['GET', 'HEAD', 'OPTIONS']);

/**
 * The pages have no log-in, so any site open in the same browser could post to them: a change must come from the system's own
 * page. Programs send neither header and pass.
 */
export const refuseForeignOrigin: RequestHandler = (request, _response, next) => {
  if (safeMethods.has(request.method)) return next();
  const site = request.get('sec-fetch-site');
  const origin = request.get('origin');
  const isOwnSite = site === undefined || site === 'same-origin' || site === 'none';
  const isOwnOrigin = origin === undefined || origin === `${request.protocol}://${request.get('host')}`;
  if (!isOwnSite || !isOwnOrigin) {
    throw new ProblemError(403, 'foreign-origin', 'Make this change on the page of this system itself.');
  }
  next();
};
