// `npm run screenshots -w @cinch/e2e`: the pictures of the documentation, taken from a stack of its own.
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { decisionMade, refreshRun } from '@cinch/api-contract';
import { chromium, type Locator, type Page } from '@playwright/test';
import { findBrowser } from './browser.ts';
import { logIn, openCustomer, openScreen } from './journey/console.ts';
import { drained, onDatabase } from './stack/drained.ts';
import { type HubApi, hubApi } from './stack/hub-api.ts';
import { type SharedCustomer, sharedCustomers } from './stack/shared-customer.ts';
import { setAdiposePhone, setBellyfatPhone } from './stack/system-api.ts';
import { startThrowawayStack, type ThrowawayStack } from './stack/throwaway-stack.ts';

const width = 1280;
const lowest = 800;
const highest = 1400;
const folder = join(import.meta.dirname, '..', 'docs', 'images');

const stack = await startThrowawayStack();
try {
  const hub = hubApi(stack);
  const { open, chosen, runId } = await makeState(stack, hub);
  mkdirSync(folder, { recursive: true });
  const browser = await chromium.launch(await findBrowser());
  try {
    const context = await browser.newContext({ viewport: { width, height: lowest }, reducedMotion: 'reduce' });
    const page = await context.newPage();
    await logIn(page, stack);
    await take(page, 'overview', page.getByRole('table', { name: 'Last runs' }));
    await openScreen(page, 'Conflicts');
    await page.getByRole('link', { name: open.name }).click();
    // The list has radio buttons too.
    await page.getByRole('heading', { name: `Phone of ${open.name}` }).waitFor();
    await page.getByRole('radio').first().check();
    await page.getByRole('textbox', { name: 'Reason' }).fill('Called the customer: this one rings.');
    await take(page, 'conflict');
    await openCustomer(page, chosen.adiposeKey, chosen.name);
    await take(page, 'customer', page.getByRole('region', { name: 'Golden record' }));
    await openScreen(page, 'Refreshes');
    await page
      .getByRole('table', { name: 'Refresh runs' })
      .getByRole('link', { name: `Run ${runId}` })
      .click();
    await page.getByRole('table', { name: 'Records of the run' }).waitFor();
    await take(page, 'refresh', page.getByRole('region', { name: 'The plan' }));
    await openScreen(page, 'Systems');
    await page.getByRole('table', { name: 'Systems' }).getByRole('link', { name: 'Adipose' }).click();
    await page.getByText('Mapping', { exact: true }).click();
    await breakMapping(page);
    await page.getByRole('button', { name: 'Check on what the system sent' }).click();
    await take(page, 'mapping-check', page.getByRole('table', { name: 'What the document cannot read or say' }));
  } finally {
    await browser.close();
  }
} finally {
  await stack.stop();
}

/** One conflict to be decided, one decided, and a refresh that had something to bring. */
async function makeState(stack: ThrowawayStack, hub: HubApi) {
  const { adiposeUrl, bellyfatUrl, databaseUrls } = stack;
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
  const [older] = conflict.candidates.toSorted((a, b) => (a.at ?? '').localeCompare(b.at ?? ''));
  await hub.send(decisionMade, 'POST', `/conflicts/${conflict.conflictId}/resolution`, {
    chosen: older!.assertionId,
    basis,
    reason: 'Called the customer: this one rings.',
  });
  await hub.refresh('bellyfat');
  await hub.refresh('adipose');
  const drifted = (await sharedCustomers(hub, 6, 30)).map(({ bellyfatKey }) => bellyfatKey);
  const sql = `update customer set document = jsonb_set(document::jsonb, '{phones}', '[]')::json where customer_id = any($1)`;
  await onDatabase(databaseUrls.bellyfat!, (client) => client.query(sql, [drifted]));
  const plan = await hub.answer(refreshRun, '/refreshes', {
    method: 'POST',
    body: JSON.stringify({ system: 'bellyfat', mode: 'plan' }),
  });
  const { runId } = await hub.heard(plan.runId);
  return { open, chosen, runId };
}

/** A document that does not know one of the states. */
async function breakMapping(page: Page): Promise<void> {
  const field = page.getByRole('textbox', { name: /^Mapping document/ });
  const text = await field.inputValue();
  const broken = text.replace(/"I": "dormant"/, '"X": "dormant"').replaceAll(/: "I"/g, ': "X"');
  await field.fill(broken);
  const line = broken.slice(0, broken.indexOf('"X"')).split('\n').length;
  await field.evaluate((box, above) => {
    const { lineHeight } = getComputedStyle(box);
    box.scrollTop = above * parseFloat(lineHeight);
  }, line - 12);
}

/** The picture ends below `last`: where that is too far down for one picture, it begins further down too. */
async function take(page: Page, name: string, last?: Locator): Promise<void> {
  await page.getByText('Loading', { exact: true }).waitFor({ state: 'detached' });
  await page.evaluate(() => document.fonts.ready);
  if (last) {
    await last.waitFor();
    const end = await last.evaluate((part) => part.getBoundingClientRect().bottom + window.scrollY + 12);
    await page.setViewportSize({ width, height: Math.ceil(Math.min(Math.max(end, lowest), highest)) });
    await page.evaluate((to) => window.scrollTo(0, to - window.innerHeight), end);
  }
  // Away from everything that changes its looks under the pointer.
  await page.mouse.move(0, 0);
  // A button that was just pressed is still on its way back.
  await page.screenshot({ path: join(folder, `${name}.png`), animations: 'disabled' });
  await page.setViewportSize({ width, height: lowest });
  console.log(`docs/images/${name}.png`);
}
