import type { Request } from 'express';

/** A proxy that speaks TLS says so: then the cookie must never travel without it. */
export function asCameBy(request: Request, cookies: readonly string[]): string[] {
  const isSecure = request.headers['x-forwarded-proto'] === 'https';
  return cookies.map((cookie) => (isSecure ? `${cookie}; Secure` : cookie));
}
