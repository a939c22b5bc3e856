import type { Locator, Page } from '@playwright/test';

/** Asks by a body what must stand in no address, and changes nothing. */
const isSearch = /\/search(\?|$)/;
const isUnsafe = (method: string) => method !== 'GET' && method !== 'HEAD';
/** Long enough for a password, and no number, no date and no address. */
const aText = 'one two three';
const stopped = {
  type: 'about:blank',
  title: 'Stopped',
  status: 409,
  code: 'stopped',
  detail: 'Nothing is changed here.',
};

/**
 * Presses every button and switch of the page, or of the dialog above it, that was not pressed before, with every field filled; what
 * that asks the hub to do is told, as `PUT /api/v1/systems/shop/lane`, and never reaches it.
 */
export async function pressAll(page: Page, pressed: Set<string>, again: () => Promise<void>): Promise<string[]> {
  const calls: string[] = [];
  await page.route('**/api/v1/**', (route) => {
    const request = route.request();
    if (!isUnsafe(request.method()) || isSearch.test(request.url())) return route.fallback();
    calls.push(`${request.method()} ${new URL(request.url()).pathname}`);
    return route.fulfill({ status: 409, contentType: 'application/problem+json', body: JSON.stringify(stopped) });
  });
  const controls = page.locator('main, [role=dialog]').locator('button:enabled:visible, [role=switch]:enabled');
  const where = page.url();
  const top = await stateOf(page);
  await fillFields(page);
  for (let place = 0; place < (await controls.count()); place += 1) {
    const control = controls.nth(place);
    const name = `${new URL(where).pathname.split('/')[1]} ${await nameOf(control)}`;
    if (pressed.has(name)) continue;
    pressed.add(name);
    await control.dispatchEvent('click');
    await page.evaluate(() => new Promise((drawn) => requestAnimationFrame(() => setTimeout(drawn))));
    if ((await stateOf(page)) === top && page.url() === where) continue;
    await again();
    await fillFields(page);
  }
  await page.unroute('**/api/v1/**');
  return calls;
}

const stateOf = async (page: Page) => (await page.getByRole('dialog').count()) > 0;

/** What it is called, without figures: of one kind in many rows, one is enough. */
const nameOf = (control: Locator): Promise<string> =>
  control.evaluate((element) =>
    (element.getAttribute('aria-label') ?? element.textContent ?? '')
      .replaceAll(/[\d,]+/g, 'N')
      .trim()
      .slice(0, 40),
  );

async function fillFields(page: Page): Promise<void> {
  const within = page.locator('main, [role=dialog]');
  const texts = ['textarea', 'input:not([type])', 'input[type=text]', 'input[type=password]'];
  for (const field of await within.locator(texts.map((one) => `${one}:enabled:visible`).join()).all())
    if ((await field.inputValue()) === '') await field.fill(aText);
  const names = new Set<string>();
  for (const choice of await within.locator('form input[type=radio]:enabled').all()) {
    const name = (await choice.getAttribute('name')) ?? '';
    if (!names.has(name) && !(await choice.isChecked())) await choice.check({ force: true });
    names.add(name);
  }
}
