import type { IncomingMessage, ServerResponse } from 'node:http';
import { outwardLimits } from '@cinch/api-contract';

/** Answers in a target's place; false where it lets the target answer. */
type Fault = (request: IncomingMessage, response: ServerResponse) => boolean;

const junk = Buffer.from(Array.from({ length: 512 }, (_, at) => (at * 89) % 256));
const row = { key: 'X', version: 1, changedAt: '2026-01-01T00:00:00.000Z', delivery: null };

function answers(act: (response: ServerResponse) => void): Fault {
  return (request, response) => {
    request.resume();
    act(response);
    return true;
  };
}

/** Only listings go wrong; the n-th page is made from n. */
function lists(page: (n: number) => object): Fault {
  let pages = 0;
  return (request, response) => {
    if (request.method !== 'GET' || !request.url?.startsWith('/mdm/customers')) return false;
    // No system answers faster than a network.
    setTimeout(() => response.end(JSON.stringify(page((pages += 1)))), 10);
    return true;
  };
}

/** What a target may do instead of answering by the protocol. */
export const targetFaults: Record<string, Fault> = {
  'hangs before its headers': answers(() => undefined),
  'hangs in the middle of its body': answers((response) => void response.write('{"rows":[')),
  'answers 503': answers((response) => void response.writeHead(503).end()),
  'answers 429 and a time': answers((response) => void response.writeHead(429, { 'retry-after': '1' }).end()),
  'sends the hub elsewhere': answers(
    (response) => void response.writeHead(307, { location: 'http://127.0.0.1:1/' }).end(),
  ),
  'streams without end': answers((response) => {
    const zeros = Buffer.alloc(1024 * 1024, '0');
    const more = () => {
      while (!response.destroyed && response.write(zeros));
    };
    response.on('drain', more);
    more();
  }),
  'answers what is no JSON': answers((response) => void response.end(junk)),
  'gives a cursor again': lists((n) => ({ rows: [{ ...row, key: `X${n}`, data: {} }], nextCursor: 'again' })),
  'lists without end': lists((n) => ({ rows: [{ ...row, key: `X${n}`, data: {} }], nextCursor: String(n) })),
  'answers other receipts': answers((response) => void response.end('{"receipts":[]}')),
  'resets connections': answers((response) => void response.socket?.resetAndDestroy()),
  drips: answers((response) => {
    const drip = setInterval(() => response.write(' '), 50);
    response.on('close', () => clearInterval(drip));
  }),
  'speaks another protocol': answers((response) => void response.socket?.end(junk)),
  'lies about the length': answers((response) => {
    response.writeHead(200, { 'content-length': '5000' }).write('{}');
    setImmediate(() => response.destroy());
  }),
};

/** Deadlines of a second, so that hundreds of faults take minutes; returns what puts them back. */
export function shortenDeadlines(): () => void {
  const limits: { firstByteMs: number; wholeMs: number } = outwardLimits;
  const { firstByteMs, wholeMs } = limits;
  Object.assign(limits, { firstByteMs: 700, wholeMs: 1_000 });
  return () => void Object.assign(limits, { firstByteMs, wholeMs });
}
