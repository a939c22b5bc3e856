import { expect, type Page } from '@playwright/test';
import type { FullDesk } from './full-desk.ts';

/** One place of the console to look at. */
export interface Stop {
  /** The route as the console's router names it. */
  route: string;
  url: string;
  heading: string | RegExp;
  /** Tables that have rows here. */
  tables?: readonly string[];
  /** The call without which nothing can be seen here, as the rights table names it. */
  needs?: string;
  /** The call that `open` leads to: who may not make it, is not offered the way. */
  opens?: string;
  /** What a person does there before looking: opens a tab or a dialog that has no address. */
  open?: (page: Page) => Promise<void>;
}

/** What a stranger comes to: the log-in, and where an invitation leads. */
export const strangersStops = (token: string): Stop[] => [
  { route: '/login', url: '/login', heading: 'Log in' },
  { route: '/link', url: `/link#${token}`, heading: /./ },
];

const seesErrors = { needs: 'GET /api/v1/errors' };
const seesUsers = { needs: 'GET /api/v1/users' };
const seesMapping = { needs: 'GET /api/v1/systems/:system/mapping' };
const seesKeys = { needs: 'GET /api/v1/systems/:system/keys' };

/** Every screen, every tab, and every dialog that has no address; those that have one are found by the links that lead to them. */
export function stopsOf({
  open,
  pinned,
  asking,
  conflict,
  closedConflict,
  pair,
  judged,
  runs,
  errors,
}: FullDesk): Stop[] {
  const pairUrl = (records: readonly [number, number]) => `/match-reviews/${records.join('/')}`;
  const at = (route: string, heading: string | RegExp, more: Partial<Stop> = {}): Stop => ({
    route,
    url: route,
    heading,
    ...more,
  });
  const customer = (of: { customerId: string; name: string }, search = '', more: Partial<Stop> = {}) =>
    at('/customers/$id', of.name, { url: `/customers/${of.customerId}${search}`, ...more });
  const system = (code: string, tab: string, more: Partial<Stop> = {}) =>
    at('/systems/$code', { adipose: 'Adipose', bellyfat: 'BellyFat', shop: 'Front shop' }[code] ?? code, {
      url: `/systems/${code}?tab=${tab}`,
      ...more,
    });
  const run = (id: number, name: string) =>
    at('/refreshes/$id', `Refresh of ${name}`, { url: `/refreshes/${id}`, tables: ['Records of the run'] });
  return [
    at('/', 'Overview', { tables: ['Last runs'] }),
    at('/', 'Overview', { url: '/?as=tables', tables: ['Differences found by the last run'] }),
    at('/conflicts', 'Conflicts', { tables: ['Open conflicts'] }),
    at('/conflicts', 'Conflicts', { url: '/conflicts?state=closed' }),
    at('/conflicts/$id', `Phone of ${open.name}`, { url: `/conflicts/${conflict}` }),
    at('/conflicts/$id', /^Phone of /, { url: `/conflicts/${closedConflict}` }),
    at('/conflicts/decide', 'Decide conflicts', { needs: 'POST /api/v1/conflicts/:conflictId/resolution' }),
    at('/match-reviews/decide', 'Decide match reviews', { needs: 'POST /api/v1/match-reviews/decision' }),
    at('/match-reviews', 'Match reviews', { tables: ['Match reviews'] }),
    at('/match-reviews/$one/$other', /./, { url: pairUrl(pair), tables: ['The two records side by side'] }),
    at('/match-reviews/$one/$other', /./, { url: pairUrl(judged) }),
    at('/change-requests', 'Change requests', { tables: ['Change requests: open'] }),
    at('/change-requests', 'Change requests', { url: '/change-requests?state=refused' }),
    at('/held', 'Held', { tables: ['Held: open'] }),
    at('/held', 'Held', { url: '/held?state=answered' }),
    at('/pins', 'Pins', { tables: ['Pins'] }),
    at('/customers', 'Customers', { tables: ['Customers'] }),
    customer(asking),
    customer(pinned),
    customer(pinned, '?tab=systems'),
    customer(pinned, '?tab=decisions'),
    customer(pinned, `?tab=history&at=${encodeURIComponent(new Date().toISOString())}`, {
      tables: ['The golden values then and now'],
    }),
    at('/records', 'Source records'),
    at('/records', `Adipose ${open.adiposeKey}`, {
      url: `/records?system=adipose&id=${open.adiposeKey}`,
      tables: ['Timeline, what came last first'],
    }),
    at('/systems', 'Systems', { tables: ['Systems'] }),
    system('adipose', 'state'),
    system('adipose', 'mapping', seesMapping),
    system('shop', 'mapping', {
      ...seesMapping,
      opens: 'POST /api/v1/systems/:system/mapping/check',
      open: async (page) => {
        await page.getByRole('button', { name: 'Check on what the system sent' }).click();
        await expect(page.getByText(/records can be read/)).toBeVisible();
      },
    }),
    system('adipose', 'values', { tables: ['Values by attribute'] }),
    system('adipose', 'keys', { ...seesKeys, tables: ['Keys of Adipose'] }),
    system('shop', 'keys', {
      ...seesKeys,
      opens: 'POST /api/v1/systems/:system/keys',
      open: (page) => page.getByRole('button', { name: 'Make a key' }).click(),
    }),
    system('shop', 'keys', {
      ...seesKeys,
      opens: 'POST /api/v1/systems/:system/keys/:keyId/revoke',
      open: (page) =>
        page
          .getByRole('button', { name: /^Revoke / })
          .first()
          .click(),
    }),
    system('shop', 'duplicates', { tables: ['Duplicates'] }),
    system('adipose', 'surplus'),
    system('adipose', 'own-views'),
    system('adipose', 'taken-back'),
    at('/canonical-model', 'Canonical model', { tables: ['Attributes and lists'] }),
    ...['draft', 'versions'].map((tab) =>
      at('/canonical-model', 'Canonical model', { url: `/canonical-model?tab=${tab}` }),
    ),
    at('/canonical-model', 'Canonical model', {
      url: '/canonical-model?tab=draft',
      opens: 'POST /api/v1/canonical-model/preview',
      open: async (page) => {
        await page.getByRole('button', { name: 'Add an attribute' }).click();
        await page.getByRole('button', { name: 'Retire Points' }).click();
        await page.getByRole('button', { name: 'Change Birth date' }).click();
        await expect(page.getByText('What retiring it takes along')).toBeVisible();
      },
    }),
    at('/rules', 'Rules', { tables: ['Rules in force'] }),
    ...['draft', 'versions'].map((tab) => at('/rules', 'Rules', { url: `/rules?tab=${tab}` })),
    ...['scale', 'weights', 'common', 'keys', 'versions'].map((tab) =>
      at('/matching', 'Match model', { url: `/matching?tab=${tab}` }),
    ),
    at('/change-sets', 'Change sets', { tables: ['Change sets'] }),
    at('/misalignment', 'What misalignment cost', { tables: ['What misalignment cost'] }),
    at('/lab', 'Lab', { needs: 'GET /api/v1/systems/:system/mapping/versions' }),
    at('/refreshes', 'Refreshes', { tables: ['Refresh runs'] }),
    run(runs.closed, 'BellyFat'),
    run(runs.braked, 'Adipose'),
    run(runs.planned, 'BellyFat'),
    at('/errors', 'Errors', { ...seesErrors, tables: ['Causes', 'Last replays'] }),
    at('/errors/entries', /./, { ...seesErrors, url: `/errors/entries?cause=${errors.cause}`, tables: ['Entries'] }),
    at('/errors/entries/$id', /^Entry /, { ...seesErrors, url: `/errors/entries/${errors.entry}` }),
    at('/users', 'Users', { ...seesUsers, tables: ['Users'] }),
    at('/audit', 'Audit log', { needs: 'GET /api/v1/audit', tables: ['Audit log'] }),
    at('/account', 'Your account', { tables: ['Sessions'] }),
    at('/account', 'Your account', {
      open: async (page) => {
        await page.keyboard.press('Control+k');
        await page.getByRole('combobox', { name: 'Go to a screen or a customer' }).fill('ma');
        await expect(page.getByRole('option').nth(3)).toBeVisible();
      },
    }),
    at('/account', 'Your account', {
      open: async (page) => {
        await page.keyboard.press('?');
        await expect(page.getByRole('dialog', { name: 'Keys' })).toBeVisible();
      },
    }),
  ];
}
