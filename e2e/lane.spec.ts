import { expect, test, type Page } from '@playwright/test';
import { expectAccessible, figure, logIn, openScreen, refreshNow, systemCard } from './journey/console.ts';
import { runningStack } from './journey/stack-setup.ts';
import { typePhone } from './journey/system-page.ts';
import { hubApi } from './stack/hub-api.ts';
import { sharedCustomers } from './stack/shared-customer.ts';
import { bellyfatPhone } from './stack/system-api.ts';
import { until } from './stack/until.ts';

const typed = { native: '4155550163', e164: '+14155550163' };
const promisedMs = 5_000;

test('with the lane on, a change in one system arrives in the other within seconds', async ({ page, context }) => {
  const stack = runningStack();
  const hub = hubApi(stack);
  // Another customer than the other journey's, so that neither needs the other.
  const { name, adiposeKey, bellyfatKey } = (await sharedCustomers(hub, 1, 10))[0]!;
  const openBefore = (await hub.openConflicts()).length;

  await logIn(page, stack);
  await test.step('an admin switches the lane of both systems on', async () => {
    await setLane(page, 'Adipose', 'on');
    await setLane(page, 'BellyFat', 'on');
    await expectAccessible(page);
  });

  await test.step('a change on the page of Adipose arrives in BellyFat in time', async () => {
    const clerk = await context.newPage();
    const savedAt = await typePhone(clerk, stack.adiposeUrl, adiposeKey, typed.native);
    await until(
      `BellyFat holds ${typed.e164} for ${bellyfatKey}`,
      () => bellyfatPhone(stack.bellyfatUrl, bellyfatKey),
      (phone) => phone === typed.e164,
      promisedMs,
    );
    const tookMs = Date.now() - savedAt;
    console.log(`A change in Adipose was in BellyFat ${tookMs} ms after its clerk had pressed Save.`);
    expect(tookMs, 'the change is there within the promised time, in milliseconds').toBeLessThan(promisedMs);
    await clerk.close();
  });

  await test.step('no conflict opens, and the delivery stands under the run "between refreshes"', async () => {
    expect(await hub.openConflicts(), 'a change of one side opens no conflict').toHaveLength(openBefore);
    await openScreen(page, 'Refreshes');
    const runs = page.getByRole('table', { name: 'Refresh runs' }).getByRole('row');
    await runs.filter({ hasText: 'BellyFat' }).filter({ hasText: 'Between refreshes' }).getByRole('link').click();
    await expect(page.getByRole('heading', { name: 'BellyFat, between refreshes', level: 1 })).toBeVisible();
    const record = page
      .getByRole('table', { name: 'Records of the run' })
      .getByRole('row')
      .filter({ hasText: bellyfatKey });
    await expect(record, 'the delivery of this customer is listed once').toHaveCount(1);
    await expect(record, 'with the phone as BellyFat writes it').toContainText(typed.e164);
    await expect(record, 'and with its outcome').toContainText('Stored as sent');
    await expectAccessible(page);
  });

  await test.step('the next refresh of each system finds nothing to do', async () => {
    for (const system of ['Adipose', 'BellyFat']) {
      await refreshNow(page, system);
      for (const label of ['To create', 'To change'])
        await expect(figure(page, label), `${label} in ${system}: nothing`).toHaveText('0');
    }
  });

  await test.step('the lanes are switched off again', async () => {
    await setLane(page, 'Adipose', 'off');
    await setLane(page, 'BellyFat', 'off');
    const lanes = (await hub.systems())
      .map(({ code, lane }) => ({ code, lane }))
      .filter(({ code }) => ['adipose', 'bellyfat'].includes(code));
    expect(lanes, `the hub has both lanes off after ${name}'s journey`).toEqual([
      { code: 'adipose', lane: 'off' },
      { code: 'bellyfat', lane: 'off' },
    ]);
  });
});

async function setLane(page: Page, system: string, lane: 'on' | 'off'): Promise<void> {
  await openScreen(page, 'Refreshes');
  const toggle = systemCard(page, system).getByRole('switch', { name: 'Send changes between refreshes' });
  await toggle.setChecked(lane === 'on');
  const said = lane === 'on' ? `Changes go to ${system} within seconds` : `Changes for ${system} wait`;
  await expect(page.getByText(said), `the console confirms the lane of ${system} ${lane}`).toBeVisible();
  await expect(toggle, `the lane of ${system} is shown ${lane}`).toBeChecked({ checked: lane === 'on' });
}
