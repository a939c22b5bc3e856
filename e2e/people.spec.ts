import { expect, test, type Browser, type Page } from '@playwright/test';
import { expectAccessible, logIn, openScreen } from './journey/console.ts';
import { runningStack } from './journey/stack-setup.ts';

const auditor = { name: 'Alma Auditor', email: 'alma@example.com', password: 'six green otters' };

test('an auditor is invited, reads who did what, changes nothing, and is out once disabled', async ({
  page,
  browser,
}) => {
  const stack = runningStack();
  await logIn(page, stack);

  const link = await test.step('an admin invites the auditor and is shown the link once', async () => {
    await openScreen(page, 'Users');
    await expectAccessible(page);
    await page.getByRole('link', { name: 'Invite a person' }).click();
    const dialog = page.getByRole('dialog', { name: 'Invite a person' });
    await dialog.getByLabel('Name').fill(auditor.name);
    await dialog.getByLabel('E-mail').fill(auditor.email);
    await dialog.getByRole('radio', { name: 'Auditor' }).check();
    await expectAccessible(page);
    await dialog.getByRole('button', { name: 'Invite', exact: true }).click();
    await expect(page.getByText(`${auditor.name} is invited`), 'the invitation is confirmed').toBeVisible();
    await expectAccessible(page);
    const text = await page.getByLabel('The link').innerText();
    await page.getByRole('button', { name: 'I have it' }).click();
    await expect(page.getByLabel('The link'), 'the link is gone').toHaveCount(0);
    return text;
  });

  const hers = await test.step('she chooses a password by the link, which works once, and logs in', async () => {
    const visit = await aVisitor(browser);
    await visit.goto(link);
    await expect(visit.getByText(`Welcome, ${auditor.name}`), 'the link knows her').toBeVisible();
    await expectAccessible(visit);
    await visit.getByLabel('New password', { exact: true }).fill(auditor.password);
    await visit.getByLabel('New password once more').fill('something else');
    await visit.getByRole('button', { name: 'Set the password' }).click();
    await expect(visit.getByRole('alert'), 'two that differ are refused').toContainText('differ');
    await visit.getByLabel('New password once more').fill(auditor.password);
    await visit.getByRole('button', { name: 'Set the password' }).click();
    await expect(visit.getByText('Your password is set'), 'it is set').toBeVisible();
    const again = await aVisitor(browser);
    await again.goto(link);
    await expect(again.getByRole('alert'), 'the link is spent').toContainText('no longer works');
    await again.context().close();
    await visit.getByRole('link', { name: 'Log in' }).click();
    await enter(visit, auditor.email, auditor.password);
    return visit;
  });

  await test.step('she reads the audit log and the users, and is offered no act', async () => {
    await openScreen(hers, 'Audit log');
    const rows = hers.getByRole('table', { name: 'Audit log' }).getByRole('row');
    await expect(rows.filter({ hasText: 'Invited as auditor' }), 'her invitation is on record').toHaveCount(1);
    await expectAccessible(hers);
    await hers.getByLabel('What').fill('logged in');
    await hers.getByLabel('Who').fill(auditor.email);
    await hers.getByRole('button', { name: 'Search' }).click();
    await expect(rows, 'her one log-in, below the header').toHaveCount(2);
    await openScreen(hers, 'Users');
    await expect(hers.getByRole('table', { name: 'Users' }), 'the users are shown').toContainText(auditor.email);
    await expect(hers.getByRole('link', { name: 'Invite a person' }), 'she invites nobody').toHaveCount(0);
    await expect(hers.getByRole('columnheader', { name: 'Acts' }), 'nor changes anybody').toHaveCount(0);
  });

  await test.step('she sees where she is logged in, and changes her password', async () => {
    await openScreen(hers, 'Your account');
    await expect(hers.getByRole('table', { name: 'Sessions' }), 'this session is marked').toContainText('This one');
    await expectAccessible(hers);
    await hers.getByLabel('Current password').fill('not this one');
    await hers.getByLabel('New password', { exact: true }).fill('seven blue herons');
    await hers.getByLabel('New password once more').fill('seven blue herons');
    await hers.getByRole('button', { name: 'Change password' }).click();
    await expect(hers.getByRole('alert'), 'the wrong one is refused').toContainText('Type the password');
    await hers.getByLabel('Current password').fill(auditor.password);
    await hers.getByRole('button', { name: 'Change password' }).click();
    await expect(hers.getByText('Your password is changed'), 'the right one is taken').toBeVisible();
  });

  await test.step('disabled by the admin, she is led to the log-in', async () => {
    await page.getByRole('link', { name: `Disable: ${auditor.name}` }).click();
    await page.getByRole('button', { name: 'Disable', exact: true }).click();
    await expect(page.getByText(`${auditor.name} is out`), 'the admin is told').toBeVisible();
    await expect(hers.getByRole('heading', { name: 'Log in' }), 'she is out').toBeVisible({ timeout: 15_000 });
    await hers.context().close();
  });

  await test.step('the last admin cannot be removed', async () => {
    await page.getByRole('link', { name: 'Remove: Admin' }).click();
    await page.getByRole('button', { name: 'Remove for good' }).click();
    await expect(page.getByRole('dialog').getByRole('alert'), 'it says why').toContainText('last admin');
  });
});

test('a key of a system is made, shown once and revoked', async ({ page }) => {
  await logIn(page, runningStack());
  await openScreen(page, 'Systems');
  await page.getByRole('main').getByRole('link', { name: 'BellyFat' }).first().click();
  await page.getByText('Keys', { exact: true }).click();
  await expect(page.getByRole('table', { name: 'Keys of BellyFat' }), 'its keys are listed').toBeVisible();
  await expectAccessible(page);
  await page.getByRole('button', { name: 'Make a key' }).click();
  const dialog = page.getByRole('dialog', { name: 'Make a key of BellyFat' });
  await dialog.getByLabel('Name').fill('next autumn');
  await dialog.getByLabel('Expires').selectOption('In 90 days');
  await dialog.getByRole('button', { name: 'Make the key' }).click();
  await expect(page.getByLabel('The key'), 'the key is shown').toContainText('cinch_bellyfat_');
  await expectAccessible(page);
  await page.getByRole('button', { name: 'I have it' }).click();
  await expect(page.getByLabel('The key'), 'and never again').toHaveCount(0);
  await expect(page.getByRole('button', { name: 'Make a key' }), 'two live at most').toBeDisabled();
  await page.getByRole('button', { name: 'Revoke next autumn' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Revoke' }).click();
  const row = page.getByRole('row').filter({ hasText: 'next autumn' });
  await expect(row, 'it is revoked').toContainText('Revoked');
});

async function aVisitor(browser: Browser): Promise<Page> {
  return (await browser.newContext()).newPage();
}

async function enter(page: Page, email: string, password: string): Promise<void> {
  await page.getByLabel('E-mail').fill(email);
  await page.getByLabel('Password').fill(password);
  await page.getByRole('button', { name: 'Log in' }).click();
  await expect(page.getByRole('heading', { name: 'Overview', level: 1 }), 'she is in').toBeVisible();
}
