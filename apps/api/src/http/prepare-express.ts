import { json, type NextFunction, type Request, type Response } from 'express';
import { noteCallerAddress } from '../platform/caller-address.ts';
import type { Environment } from '../platform/environment.ts';
import { serveConsole } from './console/serve-console.ts';
import { refuseDeep } from './refuse-deep.ts';
import { setSecurityHeaders } from './security-headers.ts';
import type { NestExpressApplication } from '@nestjs/platform-express';

const intake = /^\/api\/v1\/systems\/[^/]+\/(records|events)\/?$/i;

/** What stands before every route: who calls from where, security headers and the reading of JSON bodies. */
export function prepareExpress(app: NestExpressApplication, { trustedProxies }: Environment): void {
  app.disable('x-powered-by');
  app.set('trust proxy', trustedProxies);
  app.use(noteCallerAddress);
  app.use(setSecurityHeaders);
  serveConsole(app);
  // Intake reads its own bytes, once it knows who sends them.
  const parse = json({ limit: '4mb' });
  app.use((request: Request, response: Response, next: NextFunction) =>
    intake.test(request.path) ? next() : parse(request, response, next),
  );
  app.use(refuseDeep);
}
