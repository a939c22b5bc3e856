import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface AdapterProxy {
  url: string;
  /** Called with the body of the next upsert after the system has answered it, before the hub gets the answer; its answer is then cut. */
  cutNextAnswer(meanwhile?: () => void | Promise<void>): void;
  /** The bodies of all upserts that were forwarded, in order. */
  upserts: string[];
  close(): Promise<void>;
}

/** A wire between the hub and a system's adapter that can break in the worst moment: when the system has written, and before it could say so. */
export async function startAdapterProxy(targetUrl: string): Promise<AdapterProxy> {
  const upserts: string[] = [];
  let cutting: (() => void | Promise<void>) | null = null;

  const server = createServer(async (request, response) => {
    try {
      const chunks: Buffer[] = [];
      for await (const chunk of request) chunks.push(chunk as Buffer);
      const body = Buffer.concat(chunks);
      const { authorization = '', 'content-type': contentType = 'application/json' } = request.headers;
      const isUpsert = request.method === 'POST';
      const answer = await fetch(new URL(request.url ?? '/', targetUrl), {
        method: request.method ?? 'GET',
        headers: { authorization, ...(isUpsert && { 'content-type': contentType }) },
        body: isUpsert ? body : null,
      });
      const text = await answer.text();
      const cut = isUpsert ? cutting : null;
      if (isUpsert) upserts.push(body.toString('utf8'));
      if (cut) {
        cutting = null;
        await cut();
        response.destroy();
        return;
      }
      response.writeHead(answer.status, { 'content-type': answer.headers.get('content-type') ?? 'application/json' });
      response.end(text);
    } catch {
      // The system is away: so is the wire to it.
      response.destroy();
    }
  });
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    upserts,
    cutNextAnswer(meanwhile = () => undefined) {
      cutting = meanwhile;
    },
    async close() {
      const closed = new Promise((resolve) => server.close(resolve));
      server.closeAllConnections();
      await closed;
    },
  };
}
