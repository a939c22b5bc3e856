import { refreshRun } from '@cinch/api-contract';
import { expect, test } from '@playwright/test';
import { expectAccessible, logIn, openScreen, systemCard } from './journey/console.ts';
import { runningStack } from './journey/stack-setup.ts';
import { hubApi } from './stack/hub-api.ts';
import { startHubWire } from './stack/hub-wire.ts';

/** So soon, in milliseconds, whoever looks at a screen sees what somebody else has done. */
const soon = { timeout: 3_000 };

test('what others do shows by itself, and so does a hub that is gone', async ({ page }) => {
  const stack = runningStack();
  const hub = hubApi(stack);
  const wire = await startHubWire(stack.hubUrl);
  const setLane = async (lane: 'on' | 'off') => {
    const { ok } = await hub.call('/systems/adipose/lane', { method: 'PUT', body: JSON.stringify({ lane }) });
    expect(ok, `the lane is switched ${lane}`).toBe(true);
  };
  const lane = systemCard(page, 'Adipose').getByRole('switch', { name: 'Send changes between refreshes' });
  const banner = page.getByRole('status').filter({ hasText: 'Connection lost' });

  await test.step('the console listens', async () => {
    const stream = page.waitForResponse('**/api/v1/live');
    await logIn(page, { ...stack, hubUrl: wire.url });
    expect((await stream).status()).toBe(200);
    await openScreen(page, 'Refreshes');
    await expect(lane).not.toBeChecked();
  });

  await test.step('a switch that another admin moves moves on this screen', async () => {
    await setLane('on');
    await expect(lane, 'the lane is on').toBeChecked(soon);
    await setLane('off');
    await expect(lane, 'the lane is off again').not.toBeChecked(soon);
  });

  await test.step('a refresh that another admin starts is shown with its phases', async () => {
    const { runId } = await hub.send(refreshRun, 'POST', '/refreshes', { system: 'bellyfat', mode: 'plan' });
    const link = page.getByRole('main').locator(`a[href$="/refreshes/${runId}"]`).first();
    await expect(link, 'the new run is listed').toBeVisible(soon);
    await link.click();
    await expect(page.getByRole('heading', { name: 'Refresh of BellyFat', level: 1 })).toBeVisible();
    const { phase } = await hub.heard(runId);
    const shown = phase === 'planned' ? /planned/i : /closed|equal/i;
    await expect(page.getByRole('main'), `the run is shown as ${phase}`).toContainText(shown, soon);
    if (phase === 'planned') await hub.call(`/refreshes/${runId}/cancel`, { method: 'POST' });
    await openScreen(page, 'Refreshes');
  });

  await test.step('without the hub the screen says that it is old', async () => {
    await wire.cut();
    await expect(banner, 'the console says that the connection is lost').toBeVisible();
    await expectAccessible(page);
    await setLane('on');
    await expect(lane, 'what happens meanwhile cannot be seen').not.toBeChecked();
  });

  await test.step('once the hub is back the screen is as things are', async () => {
    const stream = page.waitForResponse((response) => response.url().endsWith('/api/v1/live') && response.ok());
    await wire.mend();
    await expect(banner, 'the console says nothing of the connection any more').toBeHidden();
    await expect(lane, 'what happened meanwhile is shown').toBeChecked();
    await stream;
    await setLane('off');
    await expect(lane, 'and it listens again').not.toBeChecked(soon);
  });
});
