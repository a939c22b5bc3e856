import { expect, type BrowserContext, type Locator, type Page } from '@playwright/test';
import { axeFaults } from './axe.ts';
import type { StackAddress } from '../stack/throwaway-stack.ts';

/** The console through the eyes of a person: headings, labels, buttons and words. */
export async function logIn(page: Page, stack: StackAddress): Promise<void> {
  await page.goto(stack.hubUrl);
  await expect(page.getByRole('heading', { name: 'Log in' }), 'a stranger is asked to log in').toBeVisible();
  await expectAccessible(page);
  await page.getByLabel('E-mail').fill(stack.adminEmail);
  await page.getByLabel('Password').fill(stack.adminPassword);
  await page.getByRole('button', { name: 'Log in' }).click();
  await expect(
    page.getByRole('heading', { name: 'Overview', level: 1 }),
    'after the log-in the overview is shown',
  ).toBeVisible();
}

type Screen =
  | 'Conflicts'
  | 'Match reviews'
  | 'Change requests'
  | 'Pins'
  | 'Source records'
  | 'Customers'
  | 'Refreshes'
  | 'Systems'
  | 'Canonical model'
  | 'Rules'
  | 'Match model'
  | 'Change sets'
  | 'Lab'
  | 'Errors'
  | 'Users'
  | 'Audit log'
  | 'Your account';

export async function openScreen(page: Page, name: Screen): Promise<void> {
  await page.getByRole('navigation', { name: 'Main' }).getByRole('link', { name }).click();
  await expect(page.getByRole('heading', { name, level: 1 }), `the screen ${name} is shown`).toBeVisible();
}

/** The console finds the customer by a system's key, as someone on the phone with that system's people would. */
export async function openCustomer(page: Page, key: string, name: string): Promise<void> {
  await openScreen(page, 'Customers');
  await page.getByRole('searchbox', { name: 'Search customers' }).fill(key);
  const rows = page.getByRole('table', { name: 'Customers' }).getByRole('row');
  await expect(rows, `one customer is found by ${key}, below the header`).toHaveCount(2);
  await expectAccessible(page);
  await rows.getByRole('link', { name }).click();
  await expect(page.getByRole('heading', { name, level: 1 }), `the customer ${name} is shown`).toBeVisible();
}

export const systemCard = (page: Page, system: string): Locator =>
  page.getByRole('region', { name: system, exact: true });

/** Presses "Refresh now" and stays on the run's page until it has closed. */
export async function refreshNow(page: Page, system: string): Promise<void> {
  await openScreen(page, 'Refreshes');
  await systemCard(page, system).getByRole('button', { name: 'Refresh now' }).click();
  await expect(
    page.getByRole('heading', { name: `Refresh of ${system}`, level: 1 }),
    `the new run of ${system} is shown`,
  ).toBeVisible();
  await expect(
    page.getByRole('main').getByRole('status').filter({ hasText: 'Equal' }),
    `the refresh of ${system} closes equal`,
  ).toHaveText(/^Equal (as of|but for) /, { timeout: 60_000 });
}

/** One figure among the counts of a run. */
export const figure = (page: Page, label: string): Locator =>
  page
    .getByRole('main')
    .locator('dl > div')
    .filter({ has: page.getByRole('term').getByText(label, { exact: true }) })
    .locator('dd > span')
    .first();

/** Whatever the pages ask of another host than these gets no answer; the list tells what they asked. */
export async function cutOffFromOutside(context: BrowserContext, stack: StackAddress): Promise<string[]> {
  const inside = [stack.hubUrl, stack.adiposeUrl, stack.bellyfatUrl].map((url) => new URL(url).host);
  const asked: string[] = [];
  await context.route(
    (url) => url.protocol.startsWith('http') && !inside.includes(url.host),
    (route) => {
      asked.push(route.request().url());
      return route.abort();
    },
  );
  return asked;
}

/** No fault that axe can find, in either colour scheme, on the screen as it stands. */
export async function expectAccessible(page: Page): Promise<void> {
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme });
    await expect(page.locator('html'), `the console follows the wish for ${colorScheme} colours`).toHaveAttribute(
      'data-mantine-color-scheme',
      colorScheme,
    );
    expect(await axeFaults(page), `${page.url()} has no accessibility fault in ${colorScheme} colours`).toEqual([]);
  }
  await page.emulateMedia({ colorScheme: 'light' });
}
