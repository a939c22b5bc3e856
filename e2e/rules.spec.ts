import { expect, test } from '@playwright/test';
import { expectAccessible, logIn, openScreen } from './journey/console.ts';
import { runningStack } from './journey/stack-setup.ts';

test('an admin changes a rule by the keyboard, looks at what it would do, publishes it, and goes back', async ({
  page,
}) => {
  await logIn(page, runningStack());

  const publish = async (reason: string) => {
    const count = page.getByRole('textbox', { name: /^How many customers change/ });
    // Only what changes many customers asks for their number.
    if (await count.isVisible()) {
      await expect(page.getByRole('button', { name: /^Publish as version/ }), 'not before the count').toBeDisabled();
      const [said] = /\d+/.exec((await page.getByText(/^Type \d+ to go on/).textContent()) ?? '') ?? [''];
      await count.fill(said);
    }
    await page.getByRole('textbox', { name: 'Reason' }).fill(reason);
    await page.getByRole('button', { name: /^Publish as version/ }).click();
    await expect(page.getByText(/are in force: all customers are worked out by them/).first()).toBeVisible();
  };

  await test.step('the order of systems is changed by the keyboard alone', async () => {
    await openScreen(page, 'Rules');
    await expect(page.getByRole('table', { name: 'Rules in force' })).toBeVisible();
    await expectAccessible(page);
    await page.getByText('Draft', { exact: true }).click();
    await page.getByRole('button', { name: 'Change the rule of Phone' }).press('Enter');
    await page.getByLabel('Which value survives').selectOption('source-priority');
    const up = page.getByRole('button', { name: 'Move BellyFat up' });
    await up.focus();
    await page.keyboard.press('Enter');
    await expect(up, 'the button goes along').toBeFocused();
    await expect(
      page.getByText('What the first of these says that says anything: BellyFat, then').first(),
    ).toBeVisible();
    await expectAccessible(page);
  });

  await test.step('what it would change is seen before it is published', async () => {
    await page.getByRole('button', { name: 'See what it would change' }).click();
    await expect(page.getByText(/of [\d,]+ customers would change/)).toBeVisible();
    await expectAccessible(page);
    await publish('BellyFat calls its customers');
  });

  await test.step('an earlier version is told in words, and leads back', async () => {
    await page.getByText('Versions', { exact: true }).click();
    await page.getByRole('link', { name: /See what differs in version 0/ }).click();
    await expect(page.getByRole('table', { name: 'What version 0 says otherwise' })).toContainText('BellyFat, then');
    await expectAccessible(page);
    await page.getByRole('button', { name: /^Go back to version 0/ }).click();
    await expect(page.getByText(/of [\d,]+ customers would change/)).toBeVisible();
    await publish('They did not');
  });

  await test.step('another match model is looked at, and left', async () => {
    await openScreen(page, 'Match model');
    const link = page.getByRole('textbox', { name: 'The hub links from' });
    await link.fill('30');
    await link.press('Tab');
    await page.getByRole('button', { name: 'See what it would change' }).click();
    await expect(page.getByRole('table', { name: 'What would change', exact: true })).toContainText('Would part');
    await expect(page.getByRole('button', { name: /^Publish as version/ }), 'not before the count').toBeDisabled();
    await expectAccessible(page);
    await page.getByRole('switch', { name: 'Show the scale as a table' }).check();
    await expect(page.getByRole('table', { name: 'Pairs of records by weight' })).toBeVisible();
    for (const tab of ['Weights', 'What is common', 'Who is compared']) {
      await page.getByText(tab, { exact: true }).first().click();
      await expectAccessible(page);
    }
  });
});
