import { createMemoryHistory, createRootRoute, createRoute, createRouter } from '@tanstack/react-router';
import { describe, expect, it } from 'vitest';
import { unlogged } from './unlogged.ts';

/** A console that was opened by this address. */
function openedBy(address: string) {
  const rootRoute = createRootRoute();
  const listRoute = createRoute({
    getParentRoute: () => rootRoute,
    path: '/customers',
    validateSearch: (given: Record<string, unknown>) => given as { search?: string; sort?: string },
  });
  const history = createMemoryHistory({ initialEntries: [address] });
  return createRouter({ routeTree: rootRoute.addChildren([listRoute]), history, rewrite: unlogged });
}

/** Where the console opened by `address` leads to by this; its routes are not those that the types know. */
const built = (address: string, destination: object) => openedBy(address).buildLocation(destination as never);
type Search = Record<string, unknown>;

describe('what is typed to be searched for', () => {
  it.each([
    'ann lee',
    'O’Neill & Söhne',
    '0202 555',
    '+1 (202) 555-0120',
    '7',
    'true',
    '#1',
    '50 % off',
    'j@example.com',
  ])('stands behind the # of the address, and is found there again: %s', (search) => {
    const { href, publicHref } = built('/', { to: '/customers', search: { search, sort: 'name' } });
    expect(publicHref).toMatch(/^\/customers\?sort=name#search=[^#&]+$/);
    const opened = openedBy(publicHref).latestLocation;
    expect(opened.search).toEqual({ sort: 'name', search });
    expect(new URL(href, 'http://console.invalid').hash, 'to the router it is a parameter').toBe('');
  });

  it('stays when something else of the address changes, and goes when it is taken away', () => {
    const address = '/customers?sort=name#search=ann';
    const search = (before: Search) => ({ ...before, sort: 'phone' });
    expect(built(address, { to: '/customers', search }).publicHref).toBe('/customers?sort=phone#search=ann');
    const without = (before: Search) => ({ ...before, search: undefined });
    expect(built(address, { to: '/customers', search: without }).publicHref).toBe('/customers?sort=name');
  });

  it('is kept on the way through the log-in', () => {
    const address = '/customers#search=ann';
    const returnTo = '/customers?search=ann';
    expect(built(address, { to: '/login', search: { returnTo } }).publicHref).toMatch(/^\/login#returnTo=/);
    expect(built(address, { href: returnTo }).publicHref).toBe(address);
  });

  it('leaves any other fragment alone', () => {
    const { search, hash } = openedBy('/customers?sort=name#content').latestLocation;
    expect([search, hash]).toEqual([{ sort: 'name' }, 'content']);
  });
});
