import {
  createServer,
  STATUS_CODES,
  type IncomingMessage,
  type RequestListener,
  type Server,
  type ServerResponse,
} from 'node:http';
import type { Socket } from 'node:net';
import {
  deadlines,
  floodPipelined,
  headerBytes,
  mostPipelined,
  smallPieces,
  type ProblemCode,
} from '@cinch/api-contract';
import { boundConnections, isStranger, noteAnswered, noteBegun } from './connections.ts';
import { problemBody } from './platform/problem-error.ts';
import { forgetUnparsed, rationBytes, stopParsing } from './rationed-bytes.ts';
import { boundSmallPieces } from './small-pieces.ts';
import { boundUnread } from './unread.ts';

/** How often connections are looked at for whether they have been waited for too long. */
const lookEveryMs = 2_000;

/** A server that waits for nobody for ever, and says also in words why it cannot read a request: no handler sees such a one. */
export function serverFor(handler: RequestListener): Server {
  const bounded: RequestListener = (request, response) => {
    // First of all: those beyond it are made by Node, and no more is to be spent on them.
    if (isOverrun(request.socket, response)) return;
    boundSmallPieces(request, () => giveUpFine(request, response));
    boundUnread(request, response);
    const why = whyUnreadable(request);
    if (why) return refuse(response, 'invalid-request', why);
    handler(request, response);
  };
  const bounds = {
    maxHeaderSize: headerBytes,
    headersTimeout: deadlines.headersMs,
    requestTimeout: deadlines.requestMs,
    keepAliveTimeout: deadlines.keepAliveMs,
    connectionsCheckingInterval: lookEveryMs,
    requireHostHeader: false,
  };
  const server = createServer(bounds, bounded);
  boundConnections(server);
  rationBytes(server);
  // Whoever asks before it sends is answered by the door, which tells it to go on once it may (`http/door/paced-bytes.ts`).
  server.on('checkContinue', bounded);
  // Of any other expectation Node would say that it fails, and then read on for as long as somebody sends.
  server.on('checkExpectation', (request, response) => {
    boundUnread(request, response);
    refuse(response, 'invalid-request', 'Expect 100-continue, or nothing: the hub knows no other expectation.');
  });
  server.on('clientError', (error: NodeJS.ErrnoException, socket) => {
    if (error.code === 'ECONNRESET' || !socket.writable) return socket.destroy();
    forgetUnparsed(socket as Socket);
    return socket.end(answerOf(...whyOf(error.code)));
  });
  return server;
}

/** Connections on which one was too many. */
const overrun = new WeakSet<Socket>();

/** Whether so many requests came before this one without an answer that it gets none. Node itself would begin as many as are sent. */
function isOverrun(socket: Socket, response: ServerResponse): boolean {
  const before = noteBegun(socket);
  // Whoever sends so many reads no answers. What has come off the connection by then is all that is made of it.
  if (before === floodPipelined) socket.destroy();
  // Whoever has gone beyond is closed after the refusal: none that comes behind it is begun.
  if (overrun.has(socket)) return true;
  const most = isStranger(socket) ? mostPipelined.stranger : mostPipelined.known;
  if (before < most) {
    response.once('close', () => noteAnswered(socket));
    return false;
  }
  overrun.add(socket);
  stopParsing(socket);
  response.setHeader('retry-after', '1');
  refuse(response, 'too-many-calls', `Wait for answers: ${most} requests of one connection may.`);
  return true;
}

/** What Node lets pass, and no handler would see: without a path the router asks nobody, and answers in its own words. */
function whyUnreadable({ headers, httpVersion, url = '' }: IncomingMessage): string | null {
  if (headers.host === undefined && httpVersion !== '1.0') return 'Name the host of the hub in the header Host.';
  if (!/^[/*]/.test(url) && !URL.canParse(url)) return 'The address cannot be read: begin it with a slash.';
  // Of any other coding Node takes off the chunks and passes on what is still coded.
  if ((headers['transfer-encoding'] ?? 'chunked').toLowerCase() !== 'chunked')
    return 'Send the body in chunks or with its length: no other transfer coding is taken.';
  return null;
}

/** At once: what is read on costs as much again, and what is written to a socket that takes it is on its way before it is destroyed. */
function giveUpFine({ socket }: IncomingMessage, response: ServerResponse): void {
  const detail = `The body comes in pieces of less than ${smallPieces.leastBytes} bytes: send larger chunks, or the whole with its length.`;
  if (!response.headersSent) socket.write(answerOf('invalid-request', detail));
  socket.destroy();
}

/** Nothing that comes behind it on this connection is begun. */
function refuse(response: ServerResponse, code: ProblemCode, detail: string): void {
  const problem = problemBody(code, detail);
  const body = JSON.stringify(problem);
  response.writeHead(problem.status, {
    'content-type': 'application/problem+json',
    'content-length': Buffer.byteLength(body),
    connection: 'close',
  });
  response.end(body);
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
