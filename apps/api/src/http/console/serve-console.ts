import { fileURLToPath } from 'node:url';
import type { NestExpressApplication } from '@nestjs/platform-express';
import express, { type NextFunction, type Request, type RequestHandler, type Response } from 'express';
import { packed } from './packed.ts';

/** Beside the hub's own folder, whether it runs from source or built. */
const built = fileURLToPath(new URL('../../../../web/dist/', import.meta.url));
const ownPaths = /^\/(api|assets|livez|readyz|metrics|openapi\.json|docs)(\/|$)/;
const yearMs = 365 * 24 * 60 * 60 * 1000;

/** Serves the console's files; every other page address answers its one page, whose router takes it from there. */
export function serveConsole(app: NestExpressApplication): void {
  // The build names assets by their content, so they never change under one name; the page that names them does.
  const assets = `${built}assets`;
  app.use('/assets', packed(assets), express.static(assets, { immutable: true, maxAge: yearMs, index: false }));
  app.use(beside(express.static(built, { maxAge: 0, index: false })));
  app.use((request: Request, response: Response, next: NextFunction) => {
    const isPage = (request.method === 'GET' || request.method === 'HEAD') && !ownPaths.test(request.path);
    if (!isPage || !request.accepts('html')) return next();
    response.setHeader('cache-control', 'no-cache');
    response.sendFile('index.html', { root: built }, (error) => {
      if (error) next();
    });
  });
}

/** Nobody looks on the disk for what the hub itself answers. */
function beside(files: RequestHandler): RequestHandler {
  return (request, response, next) => (ownPaths.test(request.path) ? next() : files(request, response, next));
}
