import { expect, test } from '@playwright/test';
import { expectAccessible, logIn, openScreen, refreshNow } from './journey/console.ts';
import { runningStack } from './journey/stack-setup.ts';
import { makeOlder } from './stack/aged.ts';
import { drained } from './stack/drained.ts';
import { hubApi } from './stack/hub-api.ts';
import { sharedCustomers } from './stack/shared-customer.ts';
import { setAdiposePhone } from './stack/system-api.ts';

const shots = process.env['LAB_SHOTS'];

test('an admin plays the lab, reads the stories of three values, and takes a refresh period over', async ({ page }) => {
  const look = async (name: string) => {
    if (!shots) return;
    for (const colorScheme of ['light', 'dark'] as const)
      for (const width of [1280, 375]) {
        await page.emulateMedia({ colorScheme });
        await page.setViewportSize({ width, height: 800 });
        await page.screenshot({ path: `${shots}/${name}-${width}-${colorScheme}.png`, fullPage: true });
      }
    await page.emulateMedia({ colorScheme: 'light' });
    await page.setViewportSize({ width: 1280, height: 800 });
  };
  const stack = runningStack();
  const hub = hubApi(stack);
  for (const [place, { adiposeKey }] of (await sharedCustomers(hub, 3, 80)).entries())
    await setAdiposePhone(stack.adiposeUrl, adiposeKey, `20255501${60 + place}`);
  await drained(stack, hub);
  await makeOlder(stack, 11);
  await logIn(page, stack);
  await openScreen(page, 'Lab');
  await expectAccessible(page);

  await test.step('a play is cancelled, and another one answers', async () => {
    await page.getByRole('spinbutton', { name: 'Customers' }).fill('1000');
    await page.getByRole('button', { name: 'Play it' }).click();
    await page.getByRole('button', { name: 'Cancel' }).click();
    await expect(page.getByRole('button', { name: 'Play it' })).toBeEnabled();
    await page.getByRole('spinbutton', { name: 'Customers' }).fill('60');
    await page.getByRole('spinbutton', { name: 'Days', exact: true }).fill('60');
    await page.getByRole('spinbutton', { name: 'Changes a year, each' }).fill('30');
    await page.getByRole('button', { name: 'Play it' }).click();
    await expect(page.getByRole('region', { name: 'Day by day' })).toBeVisible({ timeout: 90_000 });
    await expect(page.getByRole('img', { name: 'Drift over 60 days, by arm' })).toBeVisible();
    await look('played');
    await expectAccessible(page);
  });

  await test.step('the days are played, stopped and scrubbed', async () => {
    const day = page.getByRole('slider', { name: 'Day', exact: true });
    await page.getByRole('button', { name: 'Play the days' }).click();
    await expect(page.getByText(/^Day [1-9]\d? of 60$/)).toBeVisible();
    await page.getByRole('button', { name: 'Pause' }).click();
    await day.press('Home');
    await expect(page.getByText('Day 0 of 60')).toBeVisible();
    await expect(page.getByRole('img', { name: /: 0 values differ$/ }).first()).toBeVisible();
    await day.press('End');
    await expect(page.getByText('Day 60 of 60')).toBeVisible();
  });

  await test.step('three drifted values tell how they came about', async () => {
    const heat = page.getByRole('table', { name: 'Drift by attribute and arm, in percent' });
    for (const arm of ['Optimistic 1.A, two ways', 'Optimistic 1.B, two ways', 'Optimistic 1.B, one way']) {
      await heat.getByRole('button', { name: new RegExp(`^Name, ${arm}`) }).click();
      await page
        .getByRole('button', { name: /^Customer \d+ in BellyFat$/ })
        .first()
        .click();
      const story = page.getByRole('region', {
        name: new RegExp(`^The story of a value: Name .* in BellyFat, ${arm}$`),
      });
      await expect(story.getByRole('list', { name: 'What happened' }).getByRole('listitem').nth(1)).toBeVisible();
      await expect(story.getByText('Should hold')).toBeVisible();
      await expect(story.getByText(/^Read by line \d+ of the mapping of adipose$/)).toBeVisible();
    }
    await look('story');
    await expectAccessible(page);
  });

  await test.step('the dial proposes a period, and the system takes it over', async () => {
    await page.getByRole('button', { name: 'Try the periods' }).click();
    const most = page.getByRole('slider', { name: /drifted on the worst day/ });
    await expect(most).toBeVisible({ timeout: 90_000 });
    await most.press('End');
    await expect(page.getByRole('status').filter({ hasText: /^A refresh every/ })).toBeVisible();
    await most.press('Home');
    await most.press('End');
    await look('dial');
    await expectAccessible(page);
    const take = page.getByRole('button', { name: /^Refresh Adipose every \d+ hours$/ });
    const [hours] = /\d+/.exec((await take.textContent())!)!;
    await take.click();
    await expect(page.getByRole('button', { name: 'Adipose is refreshed so' })).toBeDisabled();
    await openScreen(page, 'Systems');
    await page.getByRole('table', { name: 'Systems' }).getByRole('link', { name: 'Adipose' }).click();
    await expect(page.getByRole('region', { name: 'When it is refreshed' })).toContainText(`very ${hours} hours`);
  });

  await test.step('drift of one attribute is looked for by sample, and in every row again', async () => {
    const where = page.getByRole('region', { name: 'Where drift is looked for' });
    const choose = async (way: string) => {
      await where.getByRole('button', { name: 'Change where' }).click();
      await where.getByRole('combobox', { name: 'Phone', exact: true }).selectOption({ label: way });
      if (way !== 'In every row') await look('where');
      await expectAccessible(page);
      await where.getByRole('button', { name: 'Look for drift so' }).click();
    };
    await choose('In 10\u00a0% of the rows');
    await expect(where.getByText(/in each within 10 refreshes: drift of Phone\.$/)).toBeVisible();
    await choose('In every row');
    await expect(where.getByText('A refresh compares all that the mapping names, in every row.')).toBeVisible();
  });

  await test.step('what this hub has seen of its systems is played, and dialled', async () => {
    await openScreen(page, 'Lab');
    await page.getByRole('button', { name: 'From this hub’s last 10 days' }).click();
    await expect(page.getByText(/^Played as seen: .* changes of .* customers in 10 days/)).toBeVisible();
    await page.getByRole('button', { name: 'Play it' }).click();
    await expect(page.getByRole('region', { name: 'Day by day' })).toBeVisible({ timeout: 90_000 });
    await page.getByRole('button', { name: 'Try the periods' }).click();
    await expect(page.getByRole('slider', { name: /drifted on the worst day/ })).toBeVisible({ timeout: 90_000 });
    await look('seen');
    await expectAccessible(page);
  });

  await test.step('of a play nothing is left once another one has been played, however little differs', async () => {
    const dial = page.getByRole('slider', { name: /drifted on the worst day/ });
    await expect(dial).toBeVisible();
    const delivery = page.getByRole('combobox', { name: 'Delivery' });
    await delivery.selectOption((await delivery.inputValue()) === 'perfect' ? 'faulty' : 'perfect');
    await page.getByRole('button', { name: 'Play it' }).click();
    await expect(dial).toHaveCount(0, { timeout: 90_000 });
  });

  // Other journeys begin with systems that are in step.
  await test.step('BellyFat is given what Adipose said for it', () => refreshNow(page, 'BellyFat'));
});
