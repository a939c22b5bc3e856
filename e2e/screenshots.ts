// `npm run screenshots -w @cinch/e2e`: the pictures of the documentation, taken from a stack of its own.
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { decisionMade } from '@cinch/api-contract';
import { chromium, type Page } from '@playwright/test';
import { findBrowser } from './browser.ts';
import { logIn, openCustomer, openScreen } from './journey/console.ts';
import { drained } from './stack/drained.ts';
import { type HubApi, hubApi } from './stack/hub-api.ts';
import { type SharedCustomer, sharedCustomers } from './stack/shared-customer.ts';
import { setAdiposePhone, setBellyfatPhone } from './stack/system-api.ts';
import { startThrowawayStack, type ThrowawayStack } from './stack/throwaway-stack.ts';

const folder = join(import.meta.dirname, '..', 'docs', 'images');

const stack = await startThrowawayStack();
try {
  const hub = hubApi(stack);
  const { open, chosen, runId } = await makeState(stack, hub);
  mkdirSync(folder, { recursive: true });
  const browser = await chromium.launch(await findBrowser());
  try {
    const context = await browser.newContext({ viewport: { width: 1280, height: 800 }, reducedMotion: 'reduce' });
    const page = await context.newPage();
    await logIn(page, stack);
    await take(page, 'overview');
    await openScreen(page, 'Conflicts');
    await page.getByRole('link', { name: open.name }).click();
    await page.getByRole('radio').first().check();
    await page.getByRole('textbox', { name: 'Reason' }).fill('Called the customer: this one rings.');
    await take(page, 'conflict');
    await openCustomer(page, chosen.adiposeKey, chosen.name);
    await take(page, 'customer');
    await openScreen(page, 'Refreshes');
    await page
      .getByRole('table', { name: 'Refresh runs' })
      .getByRole('link', { name: `Run ${runId}` })
      .click();
    await page.getByRole('table', { name: 'Records of the run' }).waitFor();
    await take(page, 'refresh');
  } finally {
    await browser.close();
  }
} finally {
  await stack.stop();
}

/** One conflict to be decided, one decided, and a refresh that had something to bring. */
async function makeState({ adiposeUrl, bellyfatUrl }: ThrowawayStack, hub: HubApi) {
  const [open, chosen, ...moved] = (await sharedCustomers(hub, 6)) as [SharedCustomer, SharedCustomer];
  for (const { adiposeKey, bellyfatKey } of [open, chosen]) {
    await setAdiposePhone(adiposeUrl, adiposeKey, '2025550187');
    await setBellyfatPhone(bellyfatUrl, bellyfatKey, '+13125550146');
  }
  for (const [place, { adiposeKey }] of (moved as SharedCustomer[]).entries())
    await setAdiposePhone(adiposeUrl, adiposeKey, `415555016${place}`);
  await drained(stack, hub);

  const conflict = (await hub.openConflicts()).find(({ customerId }) => customerId === chosen.customerId);
  if (!conflict) throw new Error(`No conflict over the phone of ${chosen.name} has opened.`);
  const basis = conflict.candidates.map(({ assertionId }) => assertionId);
  const [older] = conflict.candidates.toSorted((a, b) => a.at.localeCompare(b.at));
  await hub.send(decisionMade, 'POST', `/conflicts/${conflict.conflictId}/resolution`, {
    chosen: older!.assertionId,
    basis,
    reason: 'Called the customer: this one rings.',
  });
  const { runId } = await hub.refresh('bellyfat');
  await hub.refresh('adipose');
  return { open, chosen, runId };
}

async function take(page: Page, name: string): Promise<void> {
  await page.waitForLoadState('networkidle');
  // Away from everything that changes its looks under the pointer.
  await page.mouse.move(0, 0);
  await page.screenshot({ path: join(folder, `${name}.png`) });
  console.log(`docs/images/${name}.png`);
}
