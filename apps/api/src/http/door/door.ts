import { Injectable, type NestMiddleware } from '@nestjs/common';
import type { NextFunction, Request, Response } from 'express';
import { noteKnown } from '../../connections.ts';
import { ProblemError } from '../../platform/problem-error.ts';
import { callerOf, type ActingRequest } from '../access/actor.ts';
import { refuseUnlessAmong } from '../access/refuse.ts';
import { readJson } from './json-body.ts';
import { Room } from './room.ts';
import { routeOf } from './route-table.ts';
import { Shares } from './shares.ts';
import { WhoCalls } from './who-calls.ts';

/**
 * Calls of strangers that need no turn among them. Whether the process lives costs next to nothing, and whoever watches it must be told in
 * a flood. Log-ins share by fairer lanes of their own (`PasswordTurns`): a turn here would let those who guess keep the owner out.
 */
const neverRefused = ['GET /livez', 'HEAD /livez', 'POST /api/v1/session'];

/** What every call goes through before anything of it is worked on: is there such a route, who calls, may they, is there room; then its body. */
@Injectable()
export class Door implements NestMiddleware {
  constructor(
    private readonly who: WhoCalls,
    private readonly shares: Shares,
  ) {}

  use(request: Request, response: Response, next: NextFunction): void {
    this.admit(request, response).then(() => next(), next);
  }

  private async admit(request: ActingRequest, response: Response): Promise<void> {
    const found = routeOf(request.method, pathOf(request));
    if (!found) throw new ProblemError('not-found', 'Nothing answers under this address.');
    const { route, system } = found;
    const actor = await this.who.of(request);
    refuseUnlessAmong(route.who, actor, system);
    const caller = callerOf(actor, request);
    const room = new Room(this.shares, caller, response);
    request.admitted = { path: route.path, actor, room };
    if (actor.kind !== 'nobody') {
      noteKnown(request.socket, caller);
      room.take('calls');
    }
    if (route.pace) this.shares.spend(route.pace, caller);
    if (route.body !== 'streamed' && route.body !== 'none') request.body = await readJson(request, route.body, room);
    // A stranger's turn comes with its body: one that never sends it takes nobody's place.
    if (actor.kind === 'nobody' && !neverRefused.includes(`${request.method} ${route.path}`)) room.take('strangers');
  }
}

/** The whole of it, wherever the router has been mounted. Proxies may send the address with its host. */
function pathOf({ originalUrl }: Request): string {
  const [address] = originalUrl.split('?') as [string];
  return address.startsWith('/') ? address : (URL.parse(address)?.pathname ?? '');
}
