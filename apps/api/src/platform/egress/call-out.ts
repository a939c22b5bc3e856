import * as http from 'node:http';
import * as https from 'node:https';
import { outwardLimits } from '@cinch/api-contract';
import { asEgressFailure, EgressFailure } from './egress-failure.ts';
import type { EgressPolicy } from './egress-policy.ts';

export interface OutwardCall {
  method: 'GET' | 'POST';
  headers: Record<string, string>;
  body?: string;
  /** An answer that is larger is cut; null: only the status is of use. */
  mostBytes: number | null;
  signal: AbortSignal;
}

export interface OutwardAnswer {
  status: number;
  /** In seconds, where it says when to come back. */
  retryAfterS: number | null;
  /** Empty where the status is none of success. */
  body: Buffer;
}

// Servers close idle connections after five seconds at the earliest.
const idle = { keepAlive: true, timeout: 4_000, maxFreeSockets: 4 };
const ways = {
  'http:': { request: http.request, agent: new http.Agent(idle) },
  'https:': { request: https.request, agent: new https.Agent(idle) },
};

/**
 * One call to a system outside, believing nothing: the address is one that the policy allows and the one that is connected to, no redirect
 * is followed, and connection, first byte, whole and size are bounded, whatever the answer says of itself.
 *
 * @throws {EgressFailure} in neutral words, or the reason of the signal
 */
export async function callOut(policy: EgressPolicy, url: URL, call: OutwardCall): Promise<OutwardAnswer> {
  const { signal, method, body = '' } = call;
  signal.throwIfAborted();
  policy.mustAllowNumbers(url);
  const way = ways[url.protocol as keyof typeof ways];
  const isTls = url.protocol === 'https:';
  const request = way.request(url, {
    method,
    agent: way.agent,
    lookup: policy.lookupFor(url),
    headers: {
      ...call.headers,
      'accept-encoding': 'identity',
      ...(method === 'POST' && { 'content-length': String(Buffer.byteLength(body)) }),
    },
  });
  const deadlines = new Deadlines(request);
  const abort = () => request.destroy(signal.reason as Error);
  signal.addEventListener('abort', abort, { once: true });
  let isSecured = false;
  try {
    deadlines.set('whole', outwardLimits.wholeMs);
    deadlines.set('connected', outwardLimits.connectMs);
    const response = await new Promise<http.IncomingMessage>((answered, failed) => {
      request.once('socket', (socket) => {
        const ready = () => {
          isSecured = true;
          deadlines.clear('connected');
          deadlines.set('answered', outwardLimits.firstByteMs);
        };
        if (socket.connecting) socket.once(isTls ? 'secureConnect' : 'connect', ready);
        else ready();
      });
      request.once('response', answered);
      let interim = 0;
      request.on('information', () => {
        interim += 1;
        if (interim > outwardLimits.interimAnswers) failed(new EgressFailure('not-readable'));
      });
      request.once('upgrade', () => failed(new EgressFailure('not-readable')));
      request.once('close', () => failed(new EgressFailure('cut')));
      request.on('error', failed);
      request.end(method === 'POST' ? body : undefined);
    });
    deadlines.clear('answered');
    return await readAnswer(response, call.mostBytes);
  } catch (error) {
    request.destroy();
    signal.throwIfAborted();
    throw deadlines.failure ?? asEgressFailure(error as NodeJS.ErrnoException, isTls, isSecured);
  } finally {
    deadlines.end();
    signal.removeEventListener('abort', abort);
  }
}

async function readAnswer(response: http.IncomingMessage, mostBytes: number | null): Promise<OutwardAnswer> {
  const { statusCode: status = 0, headers } = response;
  const seconds = Number(headers['retry-after']);
  const answer = { status, retryAfterS: headers['retry-after'] && seconds >= 0 ? seconds : null };
  if (mostBytes === null || status < 200 || status >= 300) {
    response.destroy();
    return { ...answer, body: Buffer.alloc(0) };
  }
  // What is packed may unpack to anything; it was asked for as it is.
  if ((headers['content-encoding'] ?? 'identity') !== 'identity') throw new EgressFailure('not-readable');
  if (Number(headers['content-length'] ?? 0) > mostBytes) throw new EgressFailure('too-large');
  const { socket } = response;
  const before = socket.bytesRead;
  // One piece: millions of small ones would take a hundred times their bytes.
  let body = Buffer.alloc(0);
  let bytes = 0;
  for await (const chunk of response as AsyncIterable<Buffer>) {
    const end = bytes + chunk.length;
    const came = socket.bytesRead - before;
    if (end > mostBytes || came > mostBytes * outwardLimits.wireShare) throw new EgressFailure('too-large');
    if (end > body.length) body = Buffer.concat([body], 2 * end);
    chunk.copy(body, bytes);
    bytes = end;
  }
  if (!response.complete) throw new EgressFailure('cut');
  return { ...answer, body: body.subarray(0, bytes) };
}

/** Each ends the request when its time is over. */
class Deadlines {
  failure: EgressFailure | null = null;
  private readonly timers = new Map<string, NodeJS.Timeout>();

  constructor(private readonly request: http.ClientRequest) {}

  set(name: string, ms: number): void {
    const late = () => {
      // What is read of an answer fails by the end of the connection, which tells less.
      this.failure = new EgressFailure('not-in-time');
      this.request.destroy(this.failure);
    };
    this.timers.set(name, setTimeout(late, ms));
  }

  clear(name: string): void {
    clearTimeout(this.timers.get(name));
  }

  end(): void {
    for (const name of this.timers.keys()) this.clear(name);
  }
}
