import { expect, test, type Page } from '@playwright/test';
import { expectAccessible, logIn, openScreen, refreshNow } from './journey/console.ts';
import { runningStack } from './journey/stack-setup.ts';
import { drained } from './stack/drained.ts';
import { hubApi } from './stack/hub-api.ts';
import { sharedCustomers } from './stack/shared-customer.ts';
import { setAdiposePhone, setBellyfatPhone } from './stack/system-api.ts';
import { until } from './stack/until.ts';

/** `DECIDE=100 npm run decide`: as many conflicts, a hub that takes 200 ms to answer, and the pace held against its bars. */
const asked = Number(process.env['DECIDE'] ?? 0);
const count = asked || 4;
const latencyMs = 200;
const most = { secondsEachHundred: 30, nextCardMs: 100 };

/** The question that is shown. */
const cardTitle = (page: Page) => page.locator('[role="group"][tabindex="-1"] h2').first();

/** Presses a key and waits until another question is shown, or none; milliseconds until it was painted. */
async function press(page: Page, key: string): Promise<number> {
  const before = await cardTitle(page).innerText();
  return page.evaluate(
    async ({ key: pressed, before: title }) => {
      const began = performance.now();
      dispatchEvent(new KeyboardEvent('keydown', { key: pressed, bubbles: true }));
      const painted = () => new Promise<void>((done) => requestAnimationFrame(() => setTimeout(done)));
      do await painted();
      while (
        document.querySelector('[role="group"][tabindex="-1"] h2')?.textContent === title &&
        performance.now() - began < 5_000
      );
      return performance.now() - began;
    },
    { key, before },
  );
}

test('conflicts and match reviews are decided by one key each, and taken back', async ({ page }) => {
  const stack = runningStack();
  const hub = hubApi(stack);
  const customers = await sharedCustomers(hub, count, 60);
  const open = async () => (await hub.openConflicts()).length;

  await test.step('two systems change the phones of some customers', async () => {
    if (asked > 5) for (const system of ['adipose', 'bellyfat']) await letAllIn(stack, system);
    for (const [n, { adiposeKey, bellyfatKey }] of customers.entries()) {
      const digits = String(100 + (n % 100)).padStart(4, '0');
      await setAdiposePhone(stack.adiposeUrl, adiposeKey, `202555${digits}`);
      await setBellyfatPhone(stack.bellyfatUrl, bellyfatKey, `+1312555${digits}`);
    }
    await drained(stack, hub);
    await until('the conflicts are open', open, (is) => is === count);
  });
  await page.route('**/api/v1/**', async (route) => {
    if (route.request().method() === 'POST') await new Promise((done) => setTimeout(done, asked ? latencyMs : 0));
    await route.continue();
  });
  await logIn(page, stack);

  await test.step('each conflict takes one key', async () => {
    await openScreen(page, 'Conflicts');
    await page.getByRole('link', { name: 'Decide one by one' }).click();
    await expect(page.getByRole('heading', { name: 'Decide conflicts', level: 1 })).toBeVisible();
    await expect(page.getByRole('status').filter({ hasText: 'answered' })).toContainText(`${count} left`);
    await expectAccessible(page);
    const first = await cardTitle(page).innerText();
    await press(page, ' ');
    await expect(cardTitle(page), 'what is skipped gives way to the next').not.toHaveText(first);
    const began = performance.now();
    const times: number[] = [];
    for (let n = 0; n < count; n += 1) times.push(await press(page, n % 2 === 0 ? '1' : '2'));
    await expect(page.getByText('No conflict is left')).toBeVisible();
    const seconds = (performance.now() - began) / 1_000;
    await until('every answer has reached the hub', open, (is) => is === 0);
    if (asked) told(times, seconds);
  });

  await test.step('the last answer is taken back, asked again, and answered otherwise', async () => {
    // However long the list takes, what is asked again is the question that is open now.
    await page.route('**/api/v1/conflicts?**', async (route) => {
      await new Promise((done) => setTimeout(done, 800));
      await route.continue();
    });
    await page.keyboard.press('u');
    await expect(cardTitle(page), 'it is asked again').toBeVisible();
    const again = await cardTitle(page).innerText();
    await page.keyboard.press('1');
    await expect(page.getByRole('listitem').filter({ hasText: again })).toBeVisible();
    await until('nothing is open', open, (is) => is === 0);
    await page.unroute('**/api/v1/conflicts?**');
  });

  await test.step('so do match reviews', async () => {
    await openScreen(page, 'Match reviews');
    await page.getByRole('link', { name: 'Decide one by one' }).click();
    await expect(cardTitle(page)).toBeVisible();
    await expectAccessible(page);
    const question = await cardTitle(page).innerText();
    await press(page, 'x');
    const said = page.getByRole('listitem').filter({ hasText: question });
    await expect(said).toContainText('not the same');
    await page.keyboard.press('u');
    await expect(said, 'it is taken back').toHaveCount(0);
    await expect(cardTitle(page), 'and asked again').toHaveText(question);
  });

  await test.step('the systems are equal again', async () => {
    await page.unroute('**/api/v1/**');
    if (asked) return;
    for (const system of ['Adipose', 'BellyFat']) await refreshNow(page, system);
  });
});

/** So many changes at once would be held. */
async function letAllIn({ hubUrl, adminToken }: { hubUrl: string; adminToken: string }, system: string): Promise<void> {
  const response = await fetch(`${hubUrl}/api/v1/systems/${system}/limits`, {
    method: 'PUT',
    headers: { authorization: `Bearer ${adminToken}`, 'content-type': 'application/json' },
    body: JSON.stringify({ inboundShare: 1 }),
  });
  expect(response.status).toBe(200);
}

function told(times: readonly number[], seconds: number): void {
  const sorted = times.toSorted((a, b) => a - b);
  const p95 = sorted[Math.ceil(sorted.length * 0.95) - 1]!;
  const eachHundred = (seconds * 100) / times.length;
  console.log(
    `${times.length} conflicts in ${seconds.toFixed(1)} s, ${eachHundred.toFixed(1)} s each hundred (bar ${most.secondsEachHundred}); ` +
      `key to next card p50 ${sorted[sorted.length >> 1]!.toFixed(0)} ms, p95 ${p95.toFixed(0)} ms (bar ${most.nextCardMs})`,
  );
  expect(eachHundred).toBeLessThanOrEqual(most.secondsEachHundred);
  expect(p95).toBeLessThanOrEqual(most.nextCardMs);
}
