import { expect, test, type Page } from '@playwright/test';
import { logIn } from './journey/console.ts';
import { goByAddress, goByRouter } from './journey/console-router.ts';
import { excusedFields } from './journey/excused-fields.ts';
import { decideWithPayloads, pushPayloads, whatWaits } from './journey/hostile-desk.ts';
import { act, payloads } from './journey/payloads.ts';
import { Sender } from './journey/sender.ts';
import { textFieldsOf, type Description } from './journey/text-fields.ts';
import { hubApi } from './stack/hub-api.ts';
import { startThrowawayStack, type ThrowawayStack } from './stack/throwaway-stack.ts';

let stack: ThrowawayStack;
test.beforeAll(async () => {
  stack = await startThrowawayStack({ demo: false });
});
test.afterAll(() => stack?.stop());

const aFew = 5;

test('scripts in every text that is taken in run on no screen', async ({ page }) => {
  test.setTimeout(900_000);
  expect(payloads).toHaveLength(30);
  const hub = hubApi(stack);
  const sender = new Sender(hub);
  const errors: string[] = [];
  page.on('dialog', (dialog) => void dialog.dismiss().then(() => errors.push(`a dialog: ${dialog.message()}`)));
  page.on('console', (message) => {
    if (message.text().includes('Content Security Policy')) errors.push(`${page.url()}: ${message.text()}`);
  });
  const look = async (addresses: readonly string[]) => {
    for (const address of addresses) {
      await goByRouter(page, `/${address}`);
      await looksAt(page, errors);
    }
  };
  const load = async (addresses: readonly string[]) => {
    for (const address of addresses) {
      await goByAddress(page, `${stack.hubUrl}/${address}`);
      await looksAt(page, errors);
    }
  };

  const waits = await test.step('they come in as records, events, names, documents and reasons', async () => {
    await pushPayloads(stack, sender);
    return whatWaits(hub);
  });
  for (const list of [waits.conflicts, waits.requests])
    expect(list.length, 'each payload made something wait for a person').toBe(payloads.length);
  // Payloads are like each other too, so that more pairs than the meant ones are a question.
  expect(waits.reviews.length, 'and a question who is who').toBeGreaterThanOrEqual(payloads.length);
  // What a browser calls itself is shown to whoever has a session by it.
  await page.setExtraHTTPHeaders({ 'user-agent': payloads[3]! });
  await logIn(page, stack);
  await page.setExtraHTTPHeaders({});

  await test.step('where a form takes no markup, they are refused', async () => {
    for (const text of payloads) {
      const person = { name: 'Kim', role: 'auditor' };
      await hub.refused('POST', '/users', { ...person, email: text });
      await hub.refused('POST', '/users', { ...person, email: `${text}@example.com` });
      await hub.refused('POST', '/systems', { code: text, name: 'Mill' });
      await hub.refused('POST', '/systems', { code: 'mill', name: 'Mill', adapterUrl: text });
    }
  });

  await test.step('they stand on every screen while they wait', async () => {
    await look(['', '?as=tables', 'conflicts', 'match-reviews', 'change-requests', 'held', 'customers', 'records']);
    await look(waits.conflicts.map(({ conflictId }) => `conflicts/${conflictId}`));
    await look(waits.reviews.slice(0, aFew).map(({ evidence }) => `match-reviews/${evidence.records.join('/')}`));
    await look(waits.requests.slice(0, aFew).map(({ requestId }) => `change-requests?answer=${requestId}`));
    await look(waits.entries.slice(0, aFew).map(({ errorId }) => `errors/entries/${errorId}`));
    await look([
      'errors',
      'errors/entries',
      'refreshes',
      'rules',
      'users',
      'audit',
      'account',
      'systems',
      'change-sets',
    ]);
    await look(['rules?tab=draft', 'rules?tab=versions', 'matching', 'matching?tab=versions']);
    await look(['state', 'keys', 'mapping', 'values', 'duplicates', 'surplus'].map((tab) => `systems/shop?tab=${tab}`));
  });

  await test.step('and once they are decided, with reasons that are payloads too', async () => {
    await decideWithPayloads(sender, waits);
    await look(['conflicts?state=closed', 'change-requests?state=refused', 'pins', 'audit']);
    await look(waits.conflicts.slice(0, aFew).map(({ conflictId }) => `conflicts/${conflictId}`));
    await look(
      waits.reviews.slice(0, payloads.length).map(({ evidence }) => `match-reviews/${evidence.records.join('/')}`),
    );
    const people = waits.customers.filter(({ systems }) => systems.length === 2).map(({ customerId }) => customerId);
    await look(people.map((customerId) => `customers/${customerId}`));
    for (const tab of ['systems', 'decisions', 'history'])
      await look(people.slice(0, aFew).map((customerId) => `customers/${customerId}?tab=${tab}`));
    await look(
      people
        .slice(0, aFew)
        .flatMap((customerId) => ['pin', 'split', 'merge'].map((one) => `customers/${customerId}?act=${one}`)),
    );
  });

  await test.step('and where they stand in an address', async () => {
    for (const text of payloads.slice(0, aFew)) {
      const asked = encodeURIComponent(JSON.stringify(text));
      await load([`customers#search=${asked}`, `audit#search=${asked}`, `records?system=shop&id=${asked}`]);
    }
    for (const mark of ['?', '#']) await load([`login${mark}returnTo=${encodeURIComponent(`javascript:${act}`)}`]);
  });
  expect(errors).toEqual([]);

  const fields = textFieldsOf((await (await fetch(`${stack.hubUrl}/openapi.json`)).json()) as Description);
  expect(fields.length, 'the description has text fields').toBeGreaterThan(40);
  const carried = (field: string) => {
    const address = new RegExp(`^${field.replaceAll(/\{\w+\}/g, '[^/ ]+')}$`);
    return [...sender.carried].some((one) => address.test(one));
  };
  const excused = Object.values(excusedFields).flat();
  expect(
    fields.filter((field) => !carried(field)),
    'every text field carried a payload, or is excused with a reason',
  ).toEqual(excused.filter((field) => fields.includes(field)).sort());
  expect(
    excused.filter((field) => !fields.includes(field)),
    'what is excused is still there',
  ).toEqual([]);
});

/** The screen as it stands once it has loaded: nothing ran, and no text became an element, an attribute or a link. */
async function looksAt(page: Page, errors: string[]): Promise<void> {
  const url = page.url();
  await expect(page.getByRole('heading', { level: 1 }), `${url} is shown`).toBeVisible();
  await expect(page.getByText('Loading', { exact: true }), `${url} has loaded`).toHaveCount(0);
  const found = await page.evaluate(() => ({
    ran: '__ran' in window,
    elements: document.querySelectorAll('[data-pwned], [href^="javascript:" i], [src^="javascript:" i]').length,
  }));
  if (found.ran || found.elements > 0) errors.push(`${url}: ${JSON.stringify(found)}`);
}
