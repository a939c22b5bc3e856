import type { IncomingMessage, ServerResponse } from 'node:http';
import { LoggerModule } from 'nestjs-pino';

/** What is logged of a call: method, route and outcome. Addresses hold keys and searches, bodies hold people: neither is logged. */
export function requestLog(level: string) {
  return LoggerModule.forRoot({
    pinoHttp: {
      level,
      serializers: {
        req: ({ id, method }: { id: unknown; method: string }) => ({ id, method }),
        res: ({ statusCode }: { statusCode: number }) => ({ statusCode }),
      },
      customProps: (request: IncomingMessage) => routeOf(request),
      customLogLevel: (_: IncomingMessage, response: ServerResponse, error?: Error) =>
        error || response.statusCode >= 500 ? 'error' : 'info',
    },
  });
}

function routeOf(request: IncomingMessage & { route?: { path?: string } }): object {
  return request.route?.path === undefined ? {} : { route: request.route.path };
}
