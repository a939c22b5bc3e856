import type { IncomingHttpHeaders } from 'node:http';

/**
 * Whether a page of another site made the call: such a call carries the person's cookie without the person's will.
 * `proven` asks for a sign that it is ours; without it, only a sign that it is foreign counts.
 */
export function isForeign(headers: IncomingHttpHeaders, proven: boolean): boolean {
  const site = headers['sec-fetch-site'];
  if (site !== undefined) return site !== 'same-origin';
  const { origin, host } = headers;
  if (origin !== undefined) return !(origin === `http://${host}` || origin === `https://${host}`);
  return proven;
}
