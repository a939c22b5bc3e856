import { createServer, STATUS_CODES, type RequestListener, type Server } from 'node:http';
import { deadlines, headerBytes, type ProblemCode } from '@cinch/api-contract';
import { boundConnections } from './connections.ts';
import { problemBody } from './platform/problem-error.ts';
import { boundUnread } from './unread.ts';

/** How often connections are looked at for whether they have been waited for too long. */
const lookEveryMs = 2_000;

/** A server that waits for nobody for ever, and says also in words why it cannot read a request: no handler sees such a one. */
export function serverFor(handler: RequestListener): Server {
  const bounded: RequestListener = (request, response) => {
    boundUnread(request, response);
    handler(request, response);
  };
  const bounds = {
    maxHeaderSize: headerBytes,
    headersTimeout: deadlines.headersMs,
    requestTimeout: deadlines.requestMs,
    keepAliveTimeout: deadlines.keepAliveMs,
    connectionsCheckingInterval: lookEveryMs,
  };
  const server = createServer(bounds, bounded);
  boundConnections(server);
  // Whoever asks before it sends is answered by the door, which tells it to go on once it may (`http/door/paced-bytes.ts`).
  server.on('checkContinue', bounded);
  server.on('clientError', (error: NodeJS.ErrnoException, socket) => {
    if (error.code === 'ECONNRESET' || !socket.writable) return socket.destroy();
    return socket.end(answerOf(...whyOf(error.code)));
  });
  return server;
}

function whyOf(code: string | undefined): [ProblemCode, string] {
  switch (code) {
    case 'HPE_HEADER_OVERFLOW':
      return ['headers-too-large', `Send at most ${headerBytes / 1024} KiB of headers, the address included.`];
    case 'ERR_HTTP_REQUEST_TIMEOUT':
      return [
        'too-slow',
        `Send the headers within ${deadlines.headersMs / 1000} seconds, and the whole within an hour.`,
      ];
    default:
      return ['invalid-request', 'The request is no HTTP that the hub can read: look at what sends it.'];
  }
}

function answerOf(code: ProblemCode, detail: string): string {
  const problem = problemBody(code, detail);
  const { status } = problem;
  const body = JSON.stringify(problem);
  const headers = [
    `HTTP/1.1 ${status} ${STATUS_CODES[status]}`,
    'content-type: application/problem+json',
    `content-length: ${Buffer.byteLength(body)}`,
    'connection: close',
  ];
  return `${headers.join('\r\n')}\r\n\r\n${body}`;
}
