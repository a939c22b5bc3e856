import type { LocationRewrite } from '@tanstack/react-router';

/**
 * Search parameters that people type names, phones and e-mails into, or that hold an address with such. A page's address is sent to the
 * hub when the page is loaded, and stands in the logs of whatever is in between; what comes after `#` never leaves the browser.
 */
const names = new Set(['search', 'actor', 'returnTo']);
const isUnlogged = (part: string) => names.has(part.split('=', 1)[0]!);

function partsOf(text: string): string[] {
  return text.slice(1).split('&').filter(Boolean);
}

/** To the router they are search parameters like all others; in the browser's address they stand behind `#`. */
export const unlogged: LocationRewrite = {
  input({ url }) {
    const parts = partsOf(url.hash);
    if (parts.length === 0 || !parts.every(isUnlogged)) return url;
    const inner = new URL(url);
    inner.search = [...partsOf(url.search), ...parts].join('&');
    inner.hash = '';
    return inner;
  },
  output({ url }) {
    const parts = partsOf(url.search);
    const behind = parts.filter(isUnlogged);
    if (behind.length === 0) return url;
    // The router goes on with the one it has given: that has to stay as it is.
    const outer = new URL(url);
    outer.search = parts.filter((part) => !isUnlogged(part)).join('&');
    outer.hash = behind.join('&');
    return outer;
  },
};
