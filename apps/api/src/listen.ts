import { createServer, type RequestListener, type Server } from 'node:http';
import type { ProblemCode } from '@cinch/api-contract';
import { problemBody } from './platform/problem-error.ts';

/** All headers of a request together, in bytes; the address counts as one. */
const mostHeaderBytes = 16 * 1024;

/** A load of a gigabyte over a slow line takes its time; one that falls silent is given up long before (`body-source.ts`). */
const longestRequestMs = 60 * 60 * 1000;

/** A server that says also in words why it cannot read a request: no handler sees such a one. */
export function serverFor(handler: RequestListener): Server {
  const server = createServer({ maxHeaderSize: mostHeaderBytes, requestTimeout: longestRequestMs }, handler);
  server.on('clientError', (error: NodeJS.ErrnoException, socket) => {
    if (error.code === 'ECONNRESET' || !socket.writable) return socket.destroy();
    const [code, detail]: [ProblemCode, string] =
      error.code === 'HPE_HEADER_OVERFLOW'
        ? ['headers-too-large', `Send at most ${mostHeaderBytes / 1024} KiB of headers, the address included.`]
        : ['invalid-request', 'The request is no HTTP that the hub can read: look at what sends it.'];
    return socket.end(answerOf(code, detail));
  });
  return server;
}

function answerOf(code: ProblemCode, detail: string): string {
  const problem = problemBody(code, detail);
  const { status } = problem;
  const body = JSON.stringify(problem);
  const headers = [
    `HTTP/1.1 ${status} ${status === 431 ? 'Request Header Fields Too Large' : 'Bad Request'}`,
    'content-type: application/problem+json',
    `content-length: ${Buffer.byteLength(body)}`,
    'connection: close',
  ];
  return `${headers.join('\r\n')}\r\n\r\n${body}`;
}
