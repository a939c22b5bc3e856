// `npm run model-journey`: on the running demo an admin adds attributes that no system of it knows, and two systems of other makers share
// them, until the second is proved equal. No file of the product is touched and nothing is started again. Pictures stand in
// e2e/test-results/model-journey.
import { execFile, spawn, type ChildProcess } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { chromium, expect, type Page } from '@playwright/test';
import { freePort } from '../scripts/ports.ts';
import { root } from '../scripts/workspaces.ts';
import { findBrowser } from './browser.ts';
import { expectAccessible, logIn, openScreen } from './journey/console.ts';
import { drained } from './stack/drained.ts';
import { hubApi } from './stack/hub-api.ts';
import { startThrowawayStack, type ThrowawayStack } from './stack/throwaway-stack.ts';

const pictures = join(import.meta.dirname, 'test-results', 'model-journey');
const folder = mkdtempSync(join(tmpdir(), 'cinch-model-'));
const adapterToken = 'another-long-secret';

interface Maker {
  code: string;
  name: string;
  csv: string;
  mapping: object;
}

const shared = {
  format: 1,
  key: { path: 'id' },
  changedAt: { path: 'changed', steps: [{ step: 'isoInstant' }] },
  kind: { constant: 'person' },
};
const person = [
  { attribute: 'name', members: { given: { path: 'first' }, family: { path: 'last' } } },
  { attribute: 'email.primary', path: 'email' },
  { attribute: 'phone.primary', path: 'phone' },
];

const crm: Maker = {
  code: 'crm',
  name: 'Field CRM',
  csv: `id,first,last,email,phone,industry,vat,job,changed
L-1,Ida,Brandt,ida.brandt@example.com,+4930123456,Software,DE 136 695 976,Engineer,2026-01-05T09:00:00Z
L-2,Olaf,Kern,olaf.kern@example.com,+4930123457,Food,,Baker,2026-01-05T09:00:00Z
`,
  mapping: {
    ...shared,
    system: 'crm',
    attributes: [
      ...person,
      { attribute: 'industry', path: 'industry' },
      { attribute: 'vatNumber', path: 'vat' },
      { attribute: 'occupation', path: 'job' },
    ],
  },
};
const billing: Maker = {
  code: 'billing',
  name: 'Billing',
  csv: `id,first,last,email,phone,sector,changed
900,Ida,Brandt,ida.brandt@example.com,+4930123456,10,2026-01-06T09:00:00Z
901,Olaf,Kern,olaf.kern@example.com,+4930123457,1071,2026-01-06T09:00:00Z
`,
  mapping: {
    ...shared,
    system: 'billing',
    crosswalks: { sectors: { set: 'industry', table: { '62': 'software', '10': 'food' } } },
    attributes: [
      ...person,
      { attribute: 'industry', path: 'sector', steps: [{ step: 'crosswalk', crosswalk: 'sectors' }] },
    ],
  },
};

const started = Date.now();
const stack = await startThrowawayStack();
const served: ChildProcess[] = [];
const browser = await chromium.launch(await findBrowser());
try {
  mkdirSync(pictures, { recursive: true });
  const page = await (
    await browser.newContext({ viewport: { width: 1280, height: 900 }, reducedMotion: 'reduce' })
  ).newPage();
  page.setDefaultTimeout(60_000);
  await walk(page, stack);
  console.log(`The journey took ${Math.round((Date.now() - started) / 1000)} s; pictures: ${pictures}`);
} finally {
  await browser.close();
  for (const child of served) child.kill('SIGTERM');
  await stack.stop();
  rmSync(folder, { recursive: true, force: true });
}

async function walk(page: Page, of: ThrowawayStack): Promise<void> {
  const hub = hubApi(of);
  await logIn(page, of);
  await step('An admin adds a set of codes and three attributes', () => addAttributes(page));
  await step('Whoever differs about the industry asks a person', () => askAboutIndustry(page));
  const keys = new Map<string, string>();
  for (const maker of [crm, billing]) {
    keys.set(maker.code, await serve(maker, of));
    await step(`${maker.name} is mapped in the console`, () => map(page, maker));
    await cinch(of, ['push', fileOf(maker), '--system', maker.code, '--load'], keys.get(maker.code));
    await drained(of, hub);
  }
  await step('What the CRM said stands on the customer', async () => {
    await openIda(page);
    const golden = page.getByRole('region', { name: 'Golden record' });
    for (const text of ['DE136695976', 'Engineer']) await expect(golden).toContainText(text);
    await picture(page, 'customer');
  });
  await step('A code that Billing’s mapping does not know is mended where it is met', () => tieCode(page));
  await step('The conflict over the industry is decided', async () => {
    await openScreen(page, 'Conflicts');
    await page.getByRole('table', { name: 'Open conflicts' }).getByRole('link', { name: 'Ida Brandt' }).click();
    await expect(page.getByRole('heading', { name: 'Industry of Ida Brandt' })).toBeVisible();
    await page.getByRole('radio', { name: /Software/ }).check();
    await page.getByRole('textbox', { name: 'Reason' }).fill('She writes programs.');
    await picture(page, 'conflict');
    await page
      .getByRole('button', { name: /^(Choose|Decide|Make)/ })
      .first()
      .click();
    await expect(
      page
        .getByText('No open conflicts')
        .or(page.getByText(/closed|decided/i))
        .first(),
    ).toBeVisible();
  });
  await step('The VAT number is pinned', async () => {
    await openIda(page);
    await page.getByRole('link', { name: 'Pin VAT number', exact: true }).click();
    await page.getByRole('textbox', { name: 'VAT number' }).fill('FR40303265045');
    await page.getByRole('textbox', { name: 'Reason' }).fill('Moved to France, as her letter says.');
    await picture(page, 'pin');
    await page.getByRole('button', { name: 'Pin this value' }).click();
    await expect(page.getByText('VAT number is pinned')).toBeVisible();
  });
  await step('Billing is refreshed in its own codes, and closes equal', async () => {
    // A person looks at the plan, lets the hub write, and applies it.
    await cinch(of, ['plan', 'billing']);
    await cinch(of, ['arm', 'billing']);
    await openScreen(page, 'Refreshes');
    const run = page.getByRole('table', { name: 'Refresh runs' }).getByRole('row').filter({ hasText: 'Billing' });
    await run.getByRole('link', { name: /^Run \d+/ }).click();
    await page.getByRole('button', { name: /^Apply this plan/ }).click();
    await expect(page.getByRole('main').getByRole('status').filter({ hasText: 'Equal' })).toHaveText(
      /^Equal (as of|but for) /,
      { timeout: 60_000 },
    );
    await picture(page, 'refresh');
    const rows = readFileSync(fileOf(billing), 'utf8');
    expect(rows, 'Ida’s sector is Billing’s code for software').toMatch(/^900,.*,62,/m);
    expect(rows, 'Olaf’s is as it was').toMatch(/^901,.*,1071,/m);
  });
}

async function addAttributes(page: Page): Promise<void> {
  await openScreen(page, 'Canonical model');
  await page.getByText('Draft', { exact: true }).click();
  await page.getByRole('button', { name: 'Add a code set' }).click();
  await page.getByLabel('What the set is called').fill('Industry');
  await page.getByLabel('Its codes').fill('software = Software\nfood = Food\ntrade = Trade');
  await expectAccessible(page);
  await page.getByRole('button', { name: 'Add the set to the draft' }).click();
  await add(page, { label: 'Industry', shape: 'code', 'Code set': 'industry' });
  await add(page, {
    label: 'VAT number',
    shape: 'identifier',
    scheme: 'eu.vat',
    'What it tells matching': 'exclusiveIdentifier',
  });
  await add(page, { label: 'Occupation', shape: 'text', 'What it tells matching': 'trait' });
  await page.getByRole('button', { name: 'Check the draft' }).click();
  await expect(page.getByText('No mistakes')).toBeVisible();
  await page.getByRole('button', { name: 'See what it would change' }).click();
  await expect(page.getByText(/of [\d,]+ customers would change/)).toBeVisible();
  await expectAccessible(page);
  await picture(page, 'model');
  await page.getByRole('textbox', { name: 'Reason' }).fill('Our customers have trades.');
  await page.getByRole('button', { name: /^Publish as version/ }).click();
  await expect(page.getByText(/of the canonical model is in force/).first()).toBeVisible();
}

async function askAboutIndustry(page: Page): Promise<void> {
  await openScreen(page, 'Rules');
  await page.getByText('Draft', { exact: true }).click();
  await page.getByRole('button', { name: 'Change the rule of Industry' }).click();
  await page.getByLabel('Ask a person whenever values differ').check();
  await page.getByRole('button', { name: 'See what it would change' }).click();
  await expect(page.getByText(/of [\d,]+ customers would change/)).toBeVisible();
  await page.getByRole('textbox', { name: 'Reason' }).fill('Tariffs depend on it.');
  await page.getByRole('button', { name: /^Publish as version/ }).click();
  await expect(page.getByText(/are in force: all customers are worked out by them/).first()).toBeVisible();
}

async function add(page: Page, { label, shape, scheme, ...chosen }: Record<string, string>): Promise<void> {
  await page.getByRole('button', { name: 'Add an attribute' }).click();
  const form = page.getByRole('form', { name: 'Add an attribute' });
  await form.getByLabel('Label').fill(label!);
  await form.getByLabel('Shape').selectOption(shape!);
  if (scheme) await form.getByLabel('Scheme').fill(scheme);
  for (const [field, value] of Object.entries(chosen)) await form.getByLabel(field).selectOption(value);
  await expectAccessible(page);
  await form.getByRole('button', { name: 'Add to the draft' }).click();
}

async function map(page: Page, { code, name, mapping }: Maker): Promise<void> {
  await openScreen(page, 'Systems');
  await page.getByRole('table', { name: 'Systems' }).getByRole('link', { name }).click();
  await expect(page.getByRole('heading', { name, level: 1 })).toBeVisible();
  await page.getByText('Mapping', { exact: true }).click();
  await page.getByRole('textbox', { name: /^Mapping document/ }).fill(JSON.stringify(mapping, null, 2));
  await page.getByRole('button', { name: 'Check on what the system sent' }).click();
  await expect(page.getByText(/can be read/).first()).toBeVisible();
  await picture(page, `mapping-${code}`);
  await page.getByRole('button', { name: 'Publish as version 1' }).click();
  await expect(page.getByText(/Mapping 1 is in force/).first()).toBeVisible();
}

async function tieCode(page: Page): Promise<void> {
  await openScreen(page, 'Errors');
  await page.getByRole('link', { name: 'Tie codes at sector' }).click();
  await page.getByLabel('1071').selectOption('food');
  await expectAccessible(page);
  await picture(page, 'tie');
  await page.getByRole('button', { name: 'Tie 1 code' }).click();
  await expect(page.getByText(/Mapping 2 is in force/).first()).toBeVisible();
  await expect(async () => {
    await page.reload();
    await expect(page.getByRole('link', { name: 'Tie codes at sector' })).toHaveCount(0, { timeout: 1_000 });
  }, 'what waited is read by itself').toPass({ timeout: 30_000 });
}

async function openIda(page: Page): Promise<void> {
  await openScreen(page, 'Customers');
  await page.getByRole('searchbox', { name: 'Search customers' }).fill('ida.brandt@example.com');
  const rows = page.getByRole('table', { name: 'Customers' }).getByRole('row');
  await expect(rows, 'both systems’ records are one customer').toHaveCount(2);
  await rows.getByRole('link', { name: 'Ida Brandt' }).click();
  await expect(page.getByRole('heading', { name: 'Ida Brandt', level: 1 })).toBeVisible();
}

/** Serves the maker's file as a system, makes it known, and returns its key. */
async function serve(maker: Maker, of: ThrowawayStack): Promise<string> {
  const { code, name, csv } = maker;
  writeFileSync(fileOf(maker), csv);
  const port = await freePort();
  const main = join(root, 'apps/csv-system/src/main.ts');
  const words = [main, fileOf(maker), '--system', code, '--key', 'id', '--port', String(port)];
  const env = { ...process.env, ADAPTER_TOKEN: adapterToken };
  served.push(spawn(process.execPath, words, { cwd: root, env, stdio: ['ignore', 'ignore', 'inherit'] }));
  const address = `http://127.0.0.1:${port}`;
  await expect(async () => expect((await fetch(`${address}/livez`)).ok).toBe(true)).toPass({ timeout: 30_000 });
  await cinch(of, ['register', code, '--name', name, '--adapter', address]);
  return (await cinch(of, ['key', code])).trim();
}

async function cinch(of: ThrowawayStack, words: readonly string[], key = ''): Promise<string> {
  const env = {
    ...process.env,
    ADAPTER_TOKEN: adapterToken,
    CINCH_URL: of.hubUrl,
    CINCH_TOKEN: of.adminToken,
    CINCH_KEY: key,
  };
  const main = join(root, 'apps/cli/src/main.ts');
  const { stdout } = await promisify(execFile)(process.execPath, [main, ...words], { cwd: root, env });
  return stdout;
}

function fileOf({ code }: Maker): string {
  return join(folder, `${code}.csv`);
}

async function step(what: string, act: () => Promise<void>): Promise<void> {
  const begun = Date.now();
  await act();
  console.log(`${what}: ${((Date.now() - begun) / 1000).toFixed(1)} s`);
}

async function picture(page: Page, name: string): Promise<void> {
  await page.screenshot({ path: join(pictures, `${name}.png`), fullPage: true, animations: 'disabled' });
}
