import { Injectable, type CanActivate, type ExecutionContext } from '@nestjs/common';
import { ProblemError } from '../../platform/problem-error.ts';
import type { ActingRequest } from './actor.ts';

/** The door has decided (`door/door.ts`); here is only looked whether it meant the route that the router has found. */
@Injectable()
export class AdmittedGuard implements CanActivate {
  canActivate(context: ExecutionContext): boolean {
    const request = context.switchToHttp().getRequest<ActingRequest>();
    if (request.admitted?.path === (request.route as { path: string }).path) return true;
    throw new ProblemError('not-allowed', 'Nobody may call this: it stands in no table of rights.');
  }
}
