import type { RequestListener, Server } from 'node:http';
import { setTimeout as delay } from 'node:timers/promises';
import { connections } from '@cinch/api-contract';
import { serverFor } from './listen.ts';
import type { Readiness } from './platform/readiness.ts';

const retryMs = 200;
const patienceMs = 10_000;

/** The one listening server: it tells the progress until the hub is there, then hands every request to it. */
export class FrontDoor {
  private readonly server: Server;
  private handler: RequestListener;

  constructor(private readonly readiness: Readiness) {
    this.handler = (request, response) => this.tellProgress(request, response);
    this.server = serverFor((request, response) => this.handler(request, response));
  }

  /** Whoever held the port before may need a moment to let it go. */
  async listen(port: number, host: string): Promise<string> {
    for (let waited = 0; ; waited += retryMs) {
      try {
        await listenOnce(this.server, port, host);
        const address = this.server.address();
        const actual = typeof address === 'object' && address ? address.port : port;
        return `http://${host.includes(':') ? `[${host}]` : host}:${actual}`;
      } catch (error) {
        if ((error as NodeJS.ErrnoException).code !== 'EADDRINUSE' || waited >= patienceMs) throw error;
        await delay(retryMs);
      }
    }
  }

  open(handler: RequestListener): void {
    this.handler = handler;
  }

  async close(): Promise<void> {
    const closed = new Promise((resolve) => this.server.close(resolve));
    this.server.closeAllConnections();
    await closed;
  }

  private tellProgress: RequestListener = (request, response) => {
    const step = this.readiness.underWay ?? 'starting';
    response.setHeader('cache-control', 'no-store');
    if (request.url === '/livez') {
      response.setHeader('content-type', 'application/json').end('{"status":"ok"}');
    } else if (request.method === 'GET' && request.headers.accept?.includes('text/html')) {
      response.setHeader('content-type', 'text/html; charset=utf-8').end(page(step));
    } else {
      const problem = {
        type: 'about:blank',
        title: 'The hub is still starting',
        status: 503,
        code: 'not-ready',
        detail: step,
      };
      response.writeHead(503, { 'content-type': 'application/problem+json', 'retry-after': '1' });
      response.end(JSON.stringify(problem));
    }
  };
}

function listenOnce(server: Server, port: number, host: string): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, connections.unaccepted, () => {
      server.off('error', reject);
      resolve();
    });
  });
}

/** `step` is one of our own sentences and needs no escaping. */
function page(step: string): string {
  return `<!doctype html><html lang="en"><meta charset="utf-8"><meta http-equiv="refresh" content="1">
<title>Cinch is starting</title><body style="font:1rem/1.5 system-ui;max-width:40rem;margin:4rem auto;padding:0 1rem">
<h1>Cinch is starting</h1><p role="status">Under way: ${step}</p><p>This page goes on by itself.</p></body></html>`;
}
