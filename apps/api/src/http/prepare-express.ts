import { json } from 'express';
import helmet from 'helmet';
import type { NestExpressApplication } from '@nestjs/platform-express';

/** What stands before every route: security headers and the reading of JSON bodies. */
export function prepareExpress(app: NestExpressApplication): void {
  app.disable('x-powered-by');
  app.use(
    helmet({
      contentSecurityPolicy: {
        useDefaults: false,
        directives: {
          'default-src': ["'self'"],
          'style-src': ["'self'", "'unsafe-inline'"],
          'img-src': ["'self'", 'data:'],
          'base-uri': ["'none'"],
          'frame-ancestors': ["'none'"],
          'object-src': ["'none'"],
        },
      },
      // Served over plain http as it comes: insisting on https would lock people out.
      strictTransportSecurity: false,
    }),
  );
  app.use(json({ limit: '1mb' }));
}
