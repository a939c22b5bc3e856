import { isEqualClosing } from '@cinch/api-contract';
import { expect, test } from '@playwright/test';
import {
  expectAccessible,
  figure,
  logIn,
  openCustomer,
  openScreen,
  refreshNow,
  systemCard,
} from './journey/console.ts';
import { runningStack } from './journey/stack-setup.ts';
import { typePhone } from './journey/system-page.ts';
import { hubApi } from './stack/hub-api.ts';
import { sharedCustomers } from './stack/shared-customer.ts';
import { adiposePhone, bellyfatPhone } from './stack/system-api.ts';

const typedInAdipose = { native: '2025550187', shown: '+1 202-555-0187', e164: '+12025550187' };
const typedInBellyfat = { native: '+13125550146', shown: '+1 312-555-0146' };
const reason = 'Called the customer: this one rings.';

test('a phone changed differently in both systems waits for a steward, then reaches both', async ({
  page,
  context,
}) => {
  const stack = runningStack();
  const hub = hubApi(stack);
  const { name, adiposeKey, bellyfatKey } = (await sharedCustomers(hub, 1))[0]!;
  const phones = () =>
    Promise.all([adiposePhone(stack.adiposeUrl, adiposeKey), bellyfatPhone(stack.bellyfatUrl, bellyfatKey)]);

  await test.step('the demo starts without a conflict, and nothing of it is parked', async () => {
    await logIn(page, stack);
    await openScreen(page, 'Conflicts');
    await expect(page.getByText('No open conflicts'), 'the demo has no conflict').toBeVisible();
    await expectAccessible(page);
    await openScreen(page, 'Refreshes');
    for (const system of ['Adipose', 'BellyFat']) {
      const lane = systemCard(page, system).getByRole('switch', { name: 'Send changes between refreshes' });
      await expect(lane, `the lane of ${system} is off`).not.toBeChecked();
    }
    await expectAccessible(page);
    for (const system of ['adipose', 'bellyfat']) {
      const counts = (await hub.runs(system)).map((run) => ({
        equal: run.closing !== null && isEqualClosing(run.closing),
        parked: run.counts.parked,
      }));
      const asWanted = counts.map(() => ({ equal: true, parked: 0 }));
      expect(counts, `every refresh of the demo closed equal in ${system} and parked nothing`).toEqual(asWanted);
    }
  });

  await test.step('two clerks change the phone of one customer, neither knowing of the other', async () => {
    const clerk = await context.newPage();
    await typePhone(clerk, stack.adiposeUrl, adiposeKey, typedInAdipose.native);
    await typePhone(clerk, stack.bellyfatUrl, bellyfatKey, typedInBellyfat.native);
    await clerk.close();
  });

  const conflicts = page.getByRole('table', { name: 'Open conflicts' }).getByRole('row');
  await test.step('exactly one conflict appears', async () => {
    await openScreen(page, 'Conflicts');
    await expect(async () => {
      await page.reload();
      await expect(conflicts, 'one conflict stands below the header').toHaveCount(2, { timeout: 1000 });
    }, 'the console shows one conflict').toPass({ timeout: 15_000 });
    for (const text of [name, 'Phone', typedInAdipose.shown, typedInBellyfat.shown])
      await expect(conflicts.last(), 'the conflict names customer, attribute and both phones').toContainText(text);
    await expectAccessible(page);
  });

  await test.step('a refresh before the choice changes neither phone', async () => {
    await refreshNow(page, 'Adipose');
    await refreshNow(page, 'BellyFat');
    expect(await phones(), 'each system keeps the phone that its clerk typed').toEqual([
      typedInAdipose.native,
      typedInBellyfat.native,
    ]);
  });

  await test.step('the steward chooses the older phone and says why', async () => {
    await openScreen(page, 'Conflicts');
    await conflicts.getByRole('link', { name }).click();
    await expect(page.getByRole('heading', { name: `Phone of ${name}`, level: 1 })).toBeVisible();
    await expectAccessible(page);
    await page.getByRole('radio', { name: typedInAdipose.shown }).check();
    await page.getByRole('textbox', { name: 'Reason' }).fill(reason);
    await page.getByRole('button', { name: 'Choose this value' }).click();
    await expect(page.getByText('chose the value'), 'the decision is shown').toBeVisible();
    await expectAccessible(page);
    await openScreen(page, 'Conflicts');
    await expect(page.getByText('No open conflicts'), 'the choice has closed the conflict').toBeVisible();
  });

  await test.step('the next refreshes bring the chosen phone to both systems', async () => {
    await refreshNow(page, 'Adipose');
    await expect(figure(page, 'To change'), 'Adipose holds the chosen phone already').toHaveText('0');
    await refreshNow(page, 'BellyFat');
    await expect(figure(page, 'To change'), 'BellyFat lacks only the chosen phone').toHaveText('1');
    await expect(figure(page, 'Applied'), 'BellyFat took it').toHaveText('1');
    await expectAccessible(page);
    expect(await phones(), 'both hold the chosen phone, each as it writes phones').toEqual([
      typedInAdipose.native,
      typedInAdipose.e164,
    ]);
  });

  await test.step("the customer's history tells the change, its reason and the proof", async () => {
    await openCustomer(page, adiposeKey, name);
    await page.getByRole('tab', { name: 'History' }).click();
    const history = page.getByRole('list', { name: 'History, newest first' }).getByRole('listitem');
    const decision = history.filter({ hasText: /chose .* for Phone/ });
    await expect(decision, 'the choice is told once').toHaveCount(1);
    await expect(decision, 'with its reason').toContainText(reason);
    await expect(decision, 'with the chosen phone').toContainText(typedInAdipose.shown);
    await expect(history.filter({ hasText: 'The conflict over Phone closed' }), 'its end is told').toHaveCount(1);
    const change = history.filter({ hasText: 'Phone changed because' }).filter({ hasText: 'chose it' });
    await expect(change, 'the change of the golden phone is told').toContainText(typedInAdipose.shown);
    const delivery = history.filter({ hasText: `Sent to BellyFat ${bellyfatKey}` }).filter({ hasText: 'e164' });
    await expect(delivery, 'the delivery of the phone is told').toHaveCount(1);
    const proofs = history.filter({ hasText: /Refresh \d+ of BellyFat closed: equal/ });
    await expect(proofs.first(), 'the refresh that brought it closed equal').toBeVisible();
    await expectAccessible(page);
  });
});
