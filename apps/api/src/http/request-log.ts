import type { IncomingMessage } from 'node:http';
import { LoggerModule } from 'nestjs-pino';

/** What is logged of a call: method, route and outcome. Addresses hold keys and searches, bodies hold people: neither is logged. */
export function requestLog(level: string) {
  return LoggerModule.forRoot({
    // Where no call is logged, none has to be prepared for it.
    ...(!logsCalls.has(level) && { forRoutes: [] }),
    pinoHttp: {
      level,
      // What went wrong inside is logged where it is turned into a problem; here an answer is an answer.
      customLogLevel: () => 'info',
      serializers: {
        req: ({ id, method }: { id: unknown; method: string }) => ({ id, method }),
        res: ({ statusCode }: { statusCode: number }) => ({ statusCode }),
      },
      customSuccessObject: (request: IncomingMessage, _, bound: object) => ({ ...bound, route: routeOf(request) }),
      customErrorObject: (request: IncomingMessage, _, __, { err: ___, ...bound }: { err?: unknown }) => ({
        ...bound,
        route: routeOf(request),
      }),
    },
  });
}

export const logsCalls: ReadonlySet<string> = new Set(['trace', 'debug', 'info']);

function routeOf(request: IncomingMessage & { route?: { path?: string } }): string {
  return request.route?.path ?? 'none';
}
