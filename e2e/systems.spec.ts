import { keyMade, mappingPublished } from '@cinch/api-contract';
import { expect, test, type Response } from '@playwright/test';
import { expectAccessible, logIn, openScreen } from './journey/console.ts';
import { runningStack } from './journey/stack-setup.ts';
import { drained } from './stack/drained.ts';
import { hubApi } from './stack/hub-api.ts';

const firstLoadLimitKb = 300;
const shop = { code: 'front-shop', name: 'Front shop' };
const mapping = (key: string) => ({
  format: 1,
  system: shop.code,
  key: { path: key },
  kind: { constant: 'person' },
  attributes: [{ attribute: 'name', members: { given: { path: 'given' }, family: { path: 'family' } } }],
});

test('an admin looks at the whole, mends the mapping of a system, replays what it could not read, and looks at rules', async ({
  page,
}) => {
  const stack = runningStack();
  const hub = hubApi(stack);
  // Nothing outside is asked for: whatever is not the hub is not there.
  await page.route(
    (url) => url.origin !== new URL(stack.hubUrl).origin,
    (route) => route.abort(),
  );

  await test.step('the first load of the console is small', async () => {
    const loaded: Promise<number>[] = [];
    const weigh = (response: Response) => {
      if (!/^\/(assets\/|$)/.test(new URL(response.url()).pathname)) return;
      loaded.push(
        response
          .request()
          .sizes()
          .then(({ responseBodySize }) => responseBodySize),
      );
    };
    page.on('response', weigh);
    await logIn(page, stack);
    await page.getByRole('table', { name: 'Last runs' }).waitFor();
    page.off('response', weigh);
    const kb = (await Promise.all(loaded)).reduce((sum, bytes) => sum + bytes, 0) / 1000;
    console.log(
      `The log-in and the overview together load ${Math.round(kb)} kB of page, script and style, as transferred.`,
    );
    expect(loaded.length, 'scripts were seen').toBeGreaterThan(2);
    expect(kb, 'kB as transferred').toBeLessThanOrEqual(firstLoadLimitKb);
  });

  await test.step('the overview leads to the lists, and is told in tables too', async () => {
    await expectAccessible(page);
    await page.getByRole('switch', { name: 'Show the charts as tables' }).check();
    await expect(page.getByRole('table', { name: 'Differences found by the last run' })).toBeVisible();
    await expect(page, 'the URL is the state').toHaveURL(/as=tables/);
    await expectAccessible(page);
  });

  await test.step('keys and names lead everywhere', async () => {
    await page.keyboard.press('Control+k');
    await page.getByRole('combobox', { name: 'Go to a screen or a customer' }).fill('syst');
    await page.keyboard.press('Enter');
    await expect(page.getByRole('heading', { name: 'Systems', level: 1 })).toBeVisible();
    await page.keyboard.press('?');
    await expect(page.getByRole('dialog', { name: 'Keys' })).toBeVisible();
    await page.keyboard.press('Escape');
    await page.keyboard.press('g');
    await page.keyboard.press('e');
    await expect(page.getByRole('heading', { name: 'Errors', level: 1 })).toBeVisible();
  });

  await test.step('a new system is registered, and its page says what comes next', async () => {
    await openScreen(page, 'Systems');
    await page.getByRole('link', { name: 'Register a system' }).click();
    await expectAccessible(page);
    await page.getByRole('textbox', { name: 'Name' }).fill(shop.name);
    await expect(page.getByRole('textbox', { name: 'Code' }), 'a code is suggested').toHaveValue(shop.code);
    await page.getByRole('button', { name: 'Register the system' }).click();
    await expect(page.getByRole('heading', { name: shop.name, level: 1 })).toBeVisible();
    await expect(page.getByText('observed only')).toBeVisible();
    await expect(page.getByRole('region', { name: 'Next: make a key' })).toBeVisible();
    await expectAccessible(page);
  });

  await test.step('its scope is changed only after a look at whom that concerns', async () => {
    await page.getByRole('button', { name: 'Change who' }).click();
    await page.getByRole('combobox', { name: 'Who is given a record there' }).selectOption('Persons only');
    await page.getByRole('button', { name: 'Count whom it concerns' }).click();
    const count = page.getByRole('textbox', { name: 'How many customers it is about' });
    await expect(page.getByRole('button', { name: 'Use this scope' }), 'not without the number').toBeDisabled();
    await expectAccessible(page);
    const [named] = /\d+/.exec((await page.getByText(/^Type \d+ to change/).textContent()) ?? '') ?? [];
    await count.fill(named ?? '');
    await page.getByRole('button', { name: 'Use this scope' }).click();
    await expect(page.getByRole('button', { name: 'Change who' })).toBeVisible();
    await expect(page.getByText('Persons only')).toBeVisible();
  });

  await test.step('a system is given a schedule and limits of its own, and both are taken away again', async () => {
    await openScreen(page, 'Systems');
    await page.getByRole('table', { name: 'Systems' }).getByRole('link', { name: 'BellyFat' }).click();
    await page.getByRole('button', { name: 'Change the schedule' }).click();
    await page.getByRole('combobox', { name: 'A refresh starts' }).selectOption('Every week');
    await page.getByRole('combobox', { name: 'By the clocks of' }).selectOption('Europe/Berlin');
    await expectAccessible(page);
    await page.getByRole('button', { name: 'Use this schedule' }).click();
    await expect(page.getByText('Every Monday at 02:00 (Europe/Berlin)', { exact: true })).toBeVisible();
    await expect(page.getByText(/^Next run:/)).toBeVisible();
    const limit = page.getByRole('group', { name: 'Written by a refresh' }).getByLabel('More than, in % of the rows');
    for (const [typed, said] of [
      ['30', 'together write more than 30 % of the rows'],
      ['', 'together write more than 1 % of the rows'],
    ] as const) {
      await page.getByRole('button', { name: 'Change the limits' }).click();
      await limit.fill(typed);
      await expectAccessible(page);
      await page.getByRole('button', { name: 'Use these limits' }).click();
      await expect(page.getByText(said)).toBeVisible();
    }
    await page.getByRole('button', { name: 'Change the schedule' }).click();
    await page.getByRole('combobox', { name: 'A refresh starts' }).selectOption('Only when an admin starts it');
    await page.getByRole('button', { name: 'Use this schedule' }).click();
    await expect(page.getByText(/^Next run:/)).toBeHidden();
  });

  await test.step('what a system holds without a place there is listed', async () => {
    await page.getByText('Surplus', { exact: true }).click();
    await expect(page.getByRole('region', { name: 'Records without a place there' })).toContainText('No surplus');
    await expect(page.getByRole('region', { name: /^Flagged for deletion/ })).toContainText('Nothing is flagged');
    await expectAccessible(page);
  });

  await test.step('it sends records that its mapping cannot read', async () => {
    await hub.send(mappingPublished, 'PUT', `/systems/${shop.code}/mapping`, { document: mapping('number') });
    const { key } = await hub.send(keyMade, 'POST', `/systems/${shop.code}/keys`, {
      name: 'till',
    });
    const lines = ['Quill', 'Rooney', 'Sorensen'].map((family, place) => ({
      id: `f${place}`,
      version: 1,
      data: { id: `f${place}`, given: 'Odd', family },
    }));
    const accepted = await hub.call(`/systems/${shop.code}/records`, {
      method: 'POST',
      headers: { authorization: `Bearer ${key}` },
      body: JSON.stringify(lines),
    });
    expect(accepted.status).toBe(202);
    await drained(stack, hub);
  });

  const causes = page.getByRole('table', { name: 'Causes' }).getByRole('row').filter({ hasText: shop.name });
  await test.step('the error log names one cause, and a trial says that a replay would not help yet', async () => {
    await openScreen(page, 'Errors');
    await expect(causes).toHaveCount(1);
    await expect(causes).toContainText('The record has no key');
    await causes.getByRole('link', { name: /^Replay/ }).click();
    await page.getByRole('button', { name: 'Try without keeping anything' }).click();
    await expect(page.getByRole('dialog')).toContainText('3 would go wrong');
    await expectAccessible(page);
    await page.keyboard.press('Escape');
  });

  await test.step('the mapping is mended, checked and published', async () => {
    await openScreen(page, 'Systems');
    await expectAccessible(page);
    await page.getByRole('table', { name: 'Systems' }).getByRole('link', { name: shop.name }).click();
    await expect(page.getByRole('heading', { name: shop.name, level: 1 })).toBeVisible();
    await page.getByText('Mapping', { exact: true }).click();
    const document = page.getByRole('textbox', { name: /^Mapping document/ });
    await document.fill(JSON.stringify(mapping('id'), null, 2));
    await expect(page.getByRole('button', { name: 'Publish as version 2' }), 'not before it is checked').toBeDisabled();
    await page.getByRole('button', { name: 'Check on what the system sent' }).click();
    await expect(page.getByText(/of 0 records can be read/)).toBeVisible();
    await page.getByRole('button', { name: 'Publish as version 2' }).click();
    await expect(page.getByRole('button', { name: 'Go back to version 1' })).toBeVisible();
    await expectAccessible(page);
  });

  await test.step('the replay takes the records in', async () => {
    await openScreen(page, 'Errors');
    await causes.getByRole('link', { name: /^Replay/ }).click();
    await page.getByRole('button', { name: 'Try without keeping anything' }).click();
    await expect(page.getByRole('dialog')).toContainText('3 would be taken in');
    await page.getByRole('button', { name: 'Replay 3 lines' }).click();
    await expect(causes).toHaveCount(0);
    await expect(page.getByRole('table', { name: 'Last replays' }).getByRole('row').nth(1)).toContainText('3');
  });

  await test.step('other rules are looked at before anybody publishes them', async () => {
    await openScreen(page, 'Rules');
    await page.getByText('Draft', { exact: true }).click();
    await page.getByText('JSON', { exact: true }).click();
    const box = page.getByRole('textbox', { name: 'Rule document' });
    const rules = JSON.parse(await box.inputValue()) as { attributes: Record<string, unknown> };
    rules.attributes['phone.primary'] = { strategy: 'source-priority', order: ['adipose', 'bellyfat'] };
    await box.fill(JSON.stringify(rules, null, 2));
    await page.getByRole('button', { name: 'See what it would change' }).click();
    await expect(page.getByText(/customers? would change/)).toBeVisible();
    await expect(page.getByRole('button', { name: /^Publish as version/ })).toBeVisible();
    await expectAccessible(page);
    await page.getByRole('button', { name: 'Back to the rules in force' }).click();
  });

  await test.step('a hub that does not answer is told of', async () => {
    await page.route('**/api/v1/**', (route) => route.abort());
    // The stream that is open goes on: the next question finds it out.
    await openScreen(page, 'Conflicts');
    await expect(page.getByText('Connection lost.')).toBeVisible();
    await page.unroute('**/api/v1/**');
    await expect(page.getByText('Connection lost.')).toBeHidden();
  });
});
