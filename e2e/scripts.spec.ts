import { keyMade, linkMade, system } from '@cinch/api-contract';
import { expect, test, type Page } from '@playwright/test';
import { logIn } from './journey/console.ts';
import { drained } from './stack/drained.ts';
import { hubApi } from './stack/hub-api.ts';
import { startThrowawayStack, type ThrowawayStack } from './stack/throwaway-stack.ts';

/** What would run, or at least stand in the page as an element, wherever a text is taken for markup. */
const act = `window.__ran=1`;
const payloads = [
  `<script>${act}</script>`,
  `<script data-pwned>${act}</script>`,
  `</script><script data-pwned>${act}</script>`,
  `<img data-pwned src=x onerror=${act}>`,
  `"><img data-pwned src=x onerror=${act}>`,
  `'><img data-pwned src=x onerror=${act}>`,
  `<svg data-pwned onload=${act}>`,
  `<svg data-pwned><script>${act}</script></svg>`,
  `<svg data-pwned><animate onbegin=${act} attributeName=x>`,
  `<body data-pwned onload=${act}>`,
  `<iframe data-pwned srcdoc="<script>parent.__ran=1</script>">`,
  `<iframe data-pwned src="javascript:parent.__ran=1">`,
  `<a data-pwned href="javascript:${act}">here</a>`,
  `javascript:${act}`,
  `JaVaScRiPt:${act}`,
  `data:text/html,<script>${act}</script>`,
  `<input data-pwned autofocus onfocus=${act}>`,
  `<details data-pwned open ontoggle=${act}>`,
  `<video data-pwned><source onerror=${act}>`,
  `<math data-pwned><mtext><script>${act}</script>`,
  `<style data-pwned>@import 'javascript:${act}'</style>`,
  `<template data-pwned><script>${act}</script></template>`,
  `<object data-pwned data="javascript:${act}">`,
  `<base data-pwned href="javascript:${act}//">`,
  `<meta data-pwned http-equiv=refresh content="0;url=javascript:${act}">`,
  `" onmouseover="${act}" data-pwned="`,
  `' autofocus onfocus='${act}' data-pwned='`,
  `{{constructor.constructor('${act}')()}}`,
  '${' + act + '}',
  `<!--><img data-pwned src=x onerror=${act}>-->`,
];

const mapping = {
  format: 1,
  system: 'shop',
  key: { path: 'id' },
  kind: { constant: 'person' },
  attributes: [
    { attribute: 'name', members: { given: { path: 'first' }, family: { path: 'last' } } },
    { attribute: 'birthDate', path: 'born' },
  ],
};

let stack: ThrowawayStack;
test.beforeAll(async () => {
  stack = await startThrowawayStack({ demo: false });
});
test.afterAll(() => stack?.stop());

test('scripts in every text that is taken in run on no screen', async ({ page }) => {
  expect(payloads).toHaveLength(30);
  const hub = hubApi(stack);
  const errors: string[] = [];
  page.on('dialog', (dialog) => void dialog.dismiss().then(() => errors.push(`a dialog: ${dialog.message()}`)));

  const ids =
    await test.step('they come in as records, names of systems, keys and people, reasons and searches', async () => {
      await hub.send(system, 'POST', '/systems', { code: 'shop', name: 'Shop' });
      await hub.send(keyMade, 'POST', '/systems/shop/keys', { name: payloads[3] });
      const { key } = await hub.send(keyMade, 'POST', '/systems/shop/keys', { name: payloads[4] });
      await hub.call('/systems/shop/mapping', { method: 'PUT', body: JSON.stringify({ document: mapping }) });
      const body = payloads.map((text, n) => ({
        id: `${n}${text}`,
        version: 1,
        data: { id: `${n}${text}`, first: text, last: `Script${n}`, born: text },
      }));
      const pushed = await hub.call('/systems/shop/records', {
        method: 'POST',
        headers: { authorization: `Bearer ${key}` },
        body: JSON.stringify(body),
      });
      expect(pushed.status, 'all of them are taken').toBe(202);
      await drained(stack, hub);
      for (const [n, text] of payloads.entries()) {
        await hub.send(system, 'POST', '/systems', { code: `text-${n}`, name: text.slice(0, 80) });
        const person = { name: text.slice(0, 80), email: `script${n}@example.com`, role: 'auditor' };
        await hub.send(linkMade, 'POST', '/users', person);
      }
      const customers = await hub.customers();
      expect(customers.length, 'each record became a customer').toBe(payloads.length);
      for (const [n, { customerId }] of customers.entries()) {
        const pin = {
          attribute: 'name',
          value: { given: payloads[n], family: 'Pinned' },
          reason: payloads[n],
        };
        const made = await hub.call(`/customers/${customerId}/pins`, { method: 'POST', body: JSON.stringify(pin) });
        expect(made.ok, `a value is pinned: ${await made.text()}`).toBe(true);
      }
      return customers.map(({ customerId }) => customerId);
    });

  await logIn(page, stack);
  const screens = [
    '',
    'conflicts',
    'match-reviews',
    'change-requests',
    'pins',
    'customers',
    'systems',
    'systems/shop',
    'systems/shop?tab=keys',
    'systems/shop?tab=mapping',
    'refreshes',
    'errors',
    'users',
    'audit',
    'account',
  ];
  for (const screen of screens) await looksAt(page, `${stack.hubUrl}/${screen}`, errors);
  for (const text of payloads.slice(0, 6)) {
    const asked = encodeURIComponent(JSON.stringify(text));
    await looksAt(page, `${stack.hubUrl}/customers#search=${asked}`, errors);
    await looksAt(page, `${stack.hubUrl}/audit#search=${asked}`, errors);
  }
  for (const customerId of ids) await looksAt(page, `${stack.hubUrl}/customers/${customerId}`, errors);
  for (const mark of ['?', '#'])
    await looksAt(page, `${stack.hubUrl}/login${mark}returnTo=${encodeURIComponent(`javascript:${act}`)}`, errors);
  expect(errors).toEqual([]);
});

/** The screen as it stands once it has loaded: nothing ran, and no text became an element, an attribute or a link. */
async function looksAt(page: Page, url: string, errors: string[]): Promise<void> {
  await page.goto(url);
  await expect(page.getByRole('heading', { level: 1 }), `${url} is shown`).toBeVisible();
  await expect(page.getByRole('main').getByText('Loading', { exact: true }), `${url} has loaded`).toHaveCount(0);
  const found = await page.evaluate(() => ({
    ran: '__ran' in window,
    elements: document.querySelectorAll('[data-pwned], [href^="javascript:" i], [src^="javascript:" i]').length,
  }));
  if (found.ran || found.elements > 0) errors.push(`${url}: ${JSON.stringify(found)}`);
}
