import type { NestExpressApplication } from '@nestjs/platform-express';
import type { NextFunction, Request, Response } from 'express';
import { addressOf, networkOf } from '../../platform/caller-address.ts';
import { problemBody } from '../../platform/problem-error.ts';
import { closeAfterRefusal } from '../../unread.ts';
import { StrangerTurns } from './paced-turns.ts';
import { WhoCalls } from './who-calls.ts';

/** Whoever watches the process must be told in a flood. */
const neverWaits = new Set(['/livez', '/readyz']);

/** Lets whoever this process has met pass; all others go on at their turn, before anything of their call is looked at. */
export function strangersInTurn(app: NestExpressApplication) {
  const [who, turns] = [app.get(WhoCalls), app.get(StrangerTurns)];
  return (request: Request, response: Response, next: NextFunction): void => {
    if (neverWaits.has(request.url) || who.hasMet(request)) return next();
    if (!turns.take(networkOf(addressOf(request)), request.socket, next)) refuse(request, response);
  };
}

function refuse(request: Request, response: Response): void {
  closeAfterRefusal(request, response);
  const detail = 'So many come from here that calls wait: send the next one once this connection has its answer.';
  const problem = problemBody('too-many-calls', detail);
  response.setHeader('retry-after', '1').setHeader('connection', 'close');
  response.status(problem.status).type('application/problem+json').send(JSON.stringify(problem));
}
