/**
 * Where to go after the log-in: a path of this console, or its start. Anything else in the URL could send people to a foreign site
 * that looks like this one.
 */
export function safeReturnTo(wanted: unknown): string {
  if (typeof wanted !== 'string' || !/^\/(?![/\\])/.test(wanted)) return '/';
  const url = new URL(wanted, 'http://console.invalid');
  if (url.host !== 'console.invalid' || url.pathname === '/login') return '/';
  return url.pathname + url.search + url.hash;
}
