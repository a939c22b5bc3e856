import { noteCallerAddress } from '../platform/caller-address.ts';
import type { Environment } from '../platform/environment.ts';
import type { NestExpressApplication } from '@nestjs/platform-express';
import { serveConsole } from './console/serve-console.ts';
import { strangersInTurn } from './door/in-turn.ts';
import { setSecurityHeaders } from './security-headers.ts';

/** What stands before the door: where a call comes from, headers of every answer, and the files of the console. */
export function prepareExpress(app: NestExpressApplication, { trustedProxies }: Environment): void {
  app.disable('x-powered-by');
  app.set('trust proxy', trustedProxies);
  app.use(setSecurityHeaders);
  app.use(strangersInTurn(app));
  app.use(noteCallerAddress);
  serveConsole(app);
}
