import type { Page } from '@playwright/test';

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
 * that asks the hub to do is told, as `PUT /api/v1/systems/shop/lane`, and never reaches it. `isUsed`: something was filled or pressed.
 */
export async function pressAll(
  page: Page,
  pressed: Set<string>,
  again: () => Promise<void>,
): Promise<{ calls: string[]; isUsed: boolean }> {
  const calls: string[] = [];
  await page.route('**/api/v1/**', (route) => {
    const request = route.request();
    if (!isUnsafe(request.method()) || isSearch.test(request.url())) return route.fallback();
    calls.push(`${request.method()} ${new URL(request.url()).pathname}`);
    return route.fulfill({ status: 409, contentType: 'application/problem+json', body: JSON.stringify(stopped) });
  });
  const controls = page.locator('main, [role=dialog]').locator('button:enabled:visible, [role=switch]:enabled');
  const where = page.url();
  const screen = new URL(where).pathname.split('/')[1];
  const top = await stateOf(page);
  let isUsed = await fillFields(page);
  for (let place = 0; ; place += 1) {
    const names = (await controls.evaluateAll(namesOf)).map((name) => `${screen} ${name}`);
    place = names.findIndex((name, at) => at >= place && !pressed.has(name));
    if (place < 0) break;
    isUsed = true;
    pressed.add(names[place]!);
    await controls.nth(place).dispatchEvent('click');
    await page.evaluate(() => new Promise((drawn) => requestAnimationFrame(() => setTimeout(drawn))));
    if ((await stateOf(page)) === top && page.url() === where) continue;
    await again();
    await fillFields(page);
  }
  await page.unroute('**/api/v1/**');
  return { calls, isUsed };
}

const stateOf = async (page: Page) => (await page.getByRole('dialog').count()) > 0;

/** What each is called, without figures: of one kind in many rows, one is enough. */
const namesOf = (controls: Element[]): string[] =>
  controls.map((element) =>
    (element.getAttribute('aria-label') ?? element.textContent ?? '')
      .replaceAll(/[\d,]+/g, 'N')
      .trim()
      .slice(0, 40),
  );

/** Tells whether there was one to fill. */
async function fillFields(page: Page): Promise<boolean> {
  const within = page.locator('main, [role=dialog]');
  const kinds = ['textarea', 'input:not([type])', 'input[type=text]', 'input[type=password]'];
  const texts = within.locator(kinds.map((one) => `${one}:enabled:visible`).join());
  // A filled field may show others: the last first, so that those before it keep their places.
  const empty = await texts.evaluateAll((all) =>
    all.flatMap((field, at) => ((field as HTMLInputElement).value === '' ? [at] : [])),
  );
  for (const at of empty.reverse()) await texts.nth(at).fill(aText);
  const choices = within.locator('form input[type=radio]:enabled');
  const first = await choices.evaluateAll((all) => {
    const names = (all as HTMLInputElement[]).map(({ name }) => name);
    return all.flatMap((choice, at) =>
      names.indexOf(names[at]!) === at && !(choice as HTMLInputElement).checked ? [at] : [],
    );
  });
  for (const at of first.reverse()) await choices.nth(at).check({ force: true });
  return empty.length + first.length > 0;
}
