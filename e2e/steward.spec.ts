import { expect, test } from '@playwright/test';
import { cutOffFromOutside, expectAccessible, logIn, openCustomer, openScreen } from './journey/console.ts';
import { runningStack } from './journey/stack-setup.ts';
import { drained } from './stack/drained.ts';
import { hubApi } from './stack/hub-api.ts';
import { sharedCustomers } from './stack/shared-customer.ts';
import { setBellyfatCreditLimit } from './stack/system-api.ts';

const reason = 'Asked on the phone.';

test('a steward judges a match, answers a request, pins a value, and follows a record through its life', async ({
  page,
  context,
}) => {
  const stack = runningStack();
  const hub = hubApi(stack);
  const askedOutside = await cutOffFromOutside(context, stack);
  const [asking, pinned] = await sharedCustomers(hub, 2, 40);
  const { name, adiposeKey, bellyfatKey } = asking!;
  await setBellyfatCreditLimit(stack.bellyfatUrl, bellyfatKey, '12345.00');
  await logIn(page, stack);

  await test.step('two customers alike are said to be not the same, and that is taken back', async () => {
    await openScreen(page, 'Match reviews');
    const review = page.getByRole('link', { name: /^Review / }).first();
    await expect(review, 'the demo has two customers alike').toBeVisible();
    await expectAccessible(page);
    await review.click();
    const bars = page.getByRole('table', { name: 'Evidence, and how it adds up to the score' }).getByRole('row');
    const cell = async (row: number, column: number) => (await bars.nth(row).getByRole('cell').allInnerTexts())[column];
    await expect(bars.last(), 'the score stands below its bars').toContainText('Score');
    expect(await cell(-2, 3), 'the bars add up to the score').toBe(await cell(-1, 2));
    await page.getByRole('radio', { name: /^Not the same/ }).check();
    await page.getByRole('textbox', { name: 'Reason' }).fill(reason);
    await expectAccessible(page);
    await page.getByRole('button', { name: 'They are not the same' }).click();
    await expect(page.getByRole('region', { name: 'What people said' }), 'the verdict is kept').toContainText(reason);
    await expect(page.getByRole('region', { name: 'Decide' }), 'nothing is asked any more').toHaveCount(0);
    await page.getByRole('link', { name: /^Undo: / }).click();
    await page.getByRole('button', { name: 'Undo this decision' }).click();
    await expect(page.getByRole('region', { name: 'Decide' }), 'it is asked again').toBeVisible();
  });

  await test.step('a change of what another system owns is refused for the owner', async () => {
    await drained(stack, hub);
    await openScreen(page, 'Change requests');
    await page.getByRole('link', { name: `Answer the request for Credit limit of ${name}` }).click();
    await page.getByRole('radio', { name: /^Refuse/ }).check();
    await page.getByRole('textbox', { name: 'Reason' }).fill(reason);
    await expectAccessible(page);
    await page.getByRole('button', { name: 'Refuse the request' }).click();
    await page.getByRole('combobox', { name: 'State of the change requests' }).selectOption('Refused');
    const refused = page.getByRole('table', { name: 'Change requests: refused' }).getByRole('row');
    await expect(refused.filter({ hasText: name }), 'it is listed as refused').toContainText(reason);
    await expectAccessible(page);
  });

  await test.step('a pin is listed with the records that differ, and undone there', async () => {
    await openCustomer(page, pinned!.adiposeKey, pinned!.name);
    await page.getByRole('link', { name: 'Pin Phone', exact: true }).click();
    await page.getByRole('textbox', { name: 'Phone' }).fill('+1 202-555-0123');
    await page.getByRole('textbox', { name: 'Reason' }).fill(reason);
    await page.getByRole('button', { name: 'Pin this value' }).click();
    await expect(page.getByText('Phone is pinned')).toBeVisible();
    await openScreen(page, 'Pins');
    await page.getByText('That records differ from').click();
    const row = page.getByRole('table', { name: 'Pins' }).getByRole('row').filter({ hasText: pinned!.name });
    await expect(row, 'both systems hold another phone').toContainText(pinned!.bellyfatKey);
    await expectAccessible(page);
    await row.getByRole('link', { name: /^Undo the pin of Phone/ }).click();
    await page.getByRole('button', { name: 'Undo this decision' }).click();
    await expect(row, 'the pin is gone').toHaveCount(0);
  });

  await test.step('a customer is found by its id, and shown as the systems see it and as it was', async () => {
    await openCustomer(page, asking!.customerId, name);
    await page.getByRole('tab', { name: 'As systems see it' }).click();
    const adipose = page.getByRole('region', { name: `Adipose ${adiposeKey}` });
    await expect(adipose.getByText('equal', { exact: true }), 'Adipose holds what it should').toBeVisible();
    const bellyfat = page.getByRole('region', { name: `BellyFat ${bellyfatKey}` }).getByRole('row');
    const limit = bellyfat.filter({ hasText: 'creditLimit.amount' });
    await expect(limit, 'the refused limit stands beside the one to be brought').toContainText('12345.00');
    await expect(limit).toContainText('differs');
    await expectAccessible(page);
    await page.getByRole('tab', { name: 'History' }).click();
    await page.getByLabel('Date and time').fill('2100-01-01T00:00:00');
    await page.getByRole('button', { name: 'Show what stood then' }).click();
    const stood = page.getByRole('table', { name: 'The golden values then and now' });
    await expect(stood.getByRole('row').filter({ hasText: 'Name' }), 'nothing has changed since').toContainText(name);
    await expectAccessible(page);
  });

  await test.step('a record is found by its id, with all that it said and was sent', async () => {
    await openScreen(page, 'Source records');
    await page.getByLabel('System', { exact: true }).selectOption('BellyFat');
    await page.getByLabel('Id in that system').fill(bellyfatKey);
    await page.getByRole('button', { name: 'Find' }).click();
    await expect(page.getByRole('region', { name: 'Where it is' }), 'its customer is named').toContainText(name);
    const timeline = page.getByRole('table', { name: 'Timeline, what came last first' });
    await expect(timeline.getByRole('row').nth(1), 'the push of the limit came last').toContainText('Pushed');
    await expectAccessible(page);
    await page.getByLabel('Id in that system').fill('bf_none');
    await page.getByRole('button', { name: 'Find' }).click();
    await expect(
      page.getByText('The hub knows no such record', { exact: true }),
      'an unknown id is said to be unknown',
    ).toBeVisible();
  });

  expect(askedOutside, 'no page asked anything of the outside').toEqual([]);
});
