import { expect, test } from '@playwright/test';
import { logIn, openScreen } from './journey/console.ts';
import { runningStack } from './journey/stack-setup.ts';
import { hubApi } from './stack/hub-api.ts';
import { startHubWire } from './stack/hub-wire.ts';
import { sharedCustomers } from './stack/shared-customer.ts';

test('what is searched for stays in the browser, survives a reload, and is found again by Back', async ({ page }) => {
  const stack = runningStack();
  const { name } = (await sharedCustomers(hubApi(stack), 1, 5))[0]!;
  const wire = await startHubWire(stack.hubUrl);
  const box = page.getByRole('searchbox', { name: 'Search customers' });
  const link = page.getByRole('table', { name: 'Customers' }).getByRole('link', { name });

  await test.step('a customer is searched for', async () => {
    await logIn(page, { ...stack, hubUrl: wire.url });
    await openScreen(page, 'Customers');
    await box.fill(name);
    await expect(link.first(), 'the customer is found').toBeVisible();
    await expect(page).toHaveURL(/\/customers#search=/);
  });

  await test.step('the search is there after a reload, and after coming back', async () => {
    await page.reload();
    await expect(box).toHaveValue(name);
    await expect(link.first()).toBeVisible();
    await link.first().click();
    await expect(page.getByRole('heading', { name, level: 1 })).toBeVisible();
    await page.goBack();
    await expect(box).toHaveValue(name);
    await expect(link.first()).toBeVisible();
  });

  await test.step('whoever has to log in again comes back to the search', async () => {
    await page.context().clearCookies();
    await page.reload();
    await expect(page.getByRole('heading', { name: 'Log in' })).toBeVisible();
    await page.reload();
    await page.getByLabel('E-mail').fill(stack.adminEmail);
    await page.getByLabel('Password').fill(stack.adminPassword);
    await page.getByRole('button', { name: 'Log in' }).click();
    await expect(box).toHaveValue(name);
  });

  await test.step('the palette and the audit log are searched', async () => {
    await page.keyboard.press('Control+k');
    await page.getByRole('combobox', { name: 'Go to a screen or a customer' }).fill(name);
    await expect(page.getByRole('option', { name }).first()).toBeVisible();
    await page.keyboard.press('Escape');
    await openScreen(page, 'Audit log');
    await page.getByLabel('Who').fill(stack.adminEmail);
    await page.getByRole('button', { name: 'Search' }).click();
    await expect(page.getByRole('table', { name: 'Audit log' }).getByRole('row').nth(1)).toBeVisible();
    await page.reload();
    await expect(page.getByLabel('Who')).toHaveValue(stack.adminEmail);
  });

  await test.step('no address that was asked for holds any of it', () => {
    expect(wire.logged.length, 'what was asked for was seen').toBeGreaterThan(30);
    const parts = [
      ...name
        .toLowerCase()
        .split(/\W+/)
        .filter((part) => part.length > 2),
      stack.adminEmail,
    ];
    const told = wire.logged.filter((line) =>
      parts.some((part) => decodeURIComponent(line).toLowerCase().includes(part)),
    );
    expect(told).toEqual([]);
  });
});
