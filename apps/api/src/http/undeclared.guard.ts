import { Injectable, type CanActivate, type ExecutionContext } from '@nestjs/common';
import { ROUTE_ARGS_METADATA } from '@nestjs/common/constants.js';
import { RouteParamtypes } from '@nestjs/common/enums/route-paramtypes.enum.js';
import type { Request } from 'express';
import { mostToldMistakes } from '@cinch/api-contract';
import { ProblemError } from '../platform/problem-error.ts';
import { unknownField } from './validation.ts';

/** Refuses what is sent in a query or a body to a route that takes none: it would be ignored. */
@Injectable()
export class UndeclaredGuard implements CanActivate {
  canActivate(context: ExecutionContext): boolean {
    const declared = Object.keys(
      (Reflect.getMetadata(ROUTE_ARGS_METADATA, context.getClass(), context.getHandler().name) ?? {}) as object,
    );
    const takes = (type: RouteParamtypes) => declared.some((key) => key.startsWith(`${type}:`));
    const { query, body } = context.switchToHttp().getRequest<Request>();
    if (!takes(RouteParamtypes.QUERY)) mustBeEmpty(query);
    if (!takes(RouteParamtypes.BODY)) mustBeEmpty(body);
    return true;
  }
}

function mustBeEmpty(sent: unknown): void {
  if (sent === undefined || sent === null) return;
  const names = typeof sent === 'object' ? Object.keys(sent) : ['the body'];
  const [first] = names;
  if (first === undefined) return;
  const errors = names.slice(0, mostToldMistakes).map(unknownField);
  throw new ProblemError('invalid-request', `${first}: ${errors[0]!.detail}.`, errors);
}
