import { existsSync, readdirSync } from 'node:fs';
import { extname } from 'node:path';
import type { RequestHandler } from 'express';

/** The smallest first. */
const encodings = { br: '.br', gzip: '.gz' } as const;
type Encoding = keyof typeof encodings;

/** Leads whoever takes packed files to those that the build made beside the others in this folder; nothing is packed while somebody waits. */
export function packed(folder: string): RequestHandler {
  const names = new Set(existsSync(folder) ? readdirSync(folder) : []);
  const endings = Object.entries(encodings) as [Encoding, string][];
  return (request, response, next) => {
    const name = request.path.slice(1);
    const made = endings.filter(([, ending]) => names.has(name + ending)).map(([encoding]) => encoding);
    if (made.length === 0) return next();
    response.vary('accept-encoding');
    const encoding = made.find((one) => request.acceptsEncodings(one));
    if (!encoding) return next();
    response.setHeader('content-encoding', encoding);
    response.type(extname(name));
    request.url = request.url.replace(name, name + encodings[encoding]);
    next();
  };
}
