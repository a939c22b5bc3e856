import { AsyncLocalStorage } from 'node:async_hooks';
import { isIP } from 'node:net';
import type { NextFunction, Request, Response } from 'express';

const ofCall = new AsyncLocalStorage<string | null>();

/** From where the call comes that is being answered; null outside of one. What the hub does by itself comes from nowhere. */
export function callerAddress(): string | null {
  return ofCall.getStore() ?? null;
}

/** Work that a call sets off for later is not the caller's. */
export function fromNowhere<T>(work: () => T): T {
  return fromAddress(null, work);
}

/** Work that a call sets off for later: still the caller's, or with null nobody's. */
export function fromAddress<T>(address: string | null, work: () => T): T {
  return ofCall.run(address, work);
}

export function noteCallerAddress(request: Request, _: Response, next: NextFunction): void {
  ofCall.run(addressOf(request), next);
}

/**
 * From where a request comes: the address of its connection, unless that is one of `TRUSTED_PROXIES`; then what the last of them says in
 * `X-Forwarded-For`. Whoever else sends that header is not believed.
 */
export function addressOf(request: Request): string | null {
  const told = plain(request.ip);
  return isIP(told) > 0 ? told : plainOrNull(request.socket.remoteAddress);
}

function plainOrNull(address: string | undefined): string | null {
  const text = plain(address);
  return isIP(text) > 0 ? text : null;
}

/** Without the zone of a link, and IPv4 as such where it came mapped. */
function plain(address = ''): string {
  return address.replace(/%.*$/, '').replace(/^::ffff:(?=\d+\.)/i, '');
}

/** Whoever has one address of IPv6 has all 2^64 of its network. */
export function networkOf(address: string | null): string {
  if (address === null) return 'unknown';
  if (!address.includes(':')) return address;
  const [head = '', tail] = address.split('::');
  const groups = head.split(':').filter(Boolean);
  const behind = tail === undefined ? [] : tail.split(':').filter(Boolean);
  const zeros = tail === undefined ? 0 : 8 - groups.length - behind.length;
  const all = [...groups, ...Array.from({ length: zeros }, () => '0'), ...behind];
  return all
    .slice(0, 4)
    .map((group) => Number.parseInt(group, 16))
    .join(':');
}
