import type { Page } from '@playwright/test';
import { axeFaults } from './axe.ts';
import type { Stopwatch } from './stopwatch.ts';

const ourRules = { tags: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'] };
/** All that a page of the same elements in other colours can be at fault for. */
const aboutColours = { names: ['color-contrast', 'link-in-text-block'] };

const settlesWithinMs = 3_000;
const wide = { width: 1280, height: 800 };
/** What 200 % leave of it. */
const zoomed = { width: 640, height: 400 };

/** What was looked at before, by all who walk. */
export interface Seen {
  contents: Set<string>;
  looks: Set<string>;
  /** Of each of these routes an address was loaded as it is when somebody types it. */
  routes: Set<string>;
}

/**
 * The page in light colours, in dark ones and at 200 %: what axe finds, what is cut, and whether it has to be moved sideways. A content
 * that was looked at before is not looked at again; colours and sizes only where some element is of another kind than all before.
 */
export async function looksAtAll(page: Page, seen: Seen, stopwatch: Stopwatch): Promise<string[]> {
  const { content, kinds } = await stopwatch.time('reading the page', () => page.evaluate(whatIsShown));
  const isNew = !seen.contents.has(content);
  const looksNew = kinds.some((kind) => !seen.looks.has(kind));
  seen.contents.add(content);
  for (const kind of kinds) seen.looks.add(kind);
  if (!isNew) return [];
  const found = (where: string, faults: readonly string[]) => faults.map((fault) => `${where}, ${fault}`);
  const faults = found('in light colours', [
    ...(await stopwatch.time('axe in light colours', () => axeFaults(page, ourRules))),
    ...(await page.evaluate(cutOnPage)),
  ]);
  if (looksNew) {
    await stopwatch.time('changing colours', () => useColours(page, 'dark'));
    const inDark = await stopwatch.time('axe in dark colours', () => axeFaults(page, aboutColours));
    faults.push(...found('in dark colours', inDark));
    await stopwatch.time('changing colours', () => useColours(page, 'light'));
  }
  await stopwatch.time('changing sizes', () => page.setViewportSize(zoomed));
  if (looksNew)
    faults.push(...found('at 200 %', await stopwatch.time('axe at 200 %', () => axeFaults(page, ourRules))));
  faults.push(...found('at 200 %', await stopwatch.time('what is cut at 200 %', () => cutNow(page))));
  await stopwatch.time('changing sizes', () => page.setViewportSize(wide));
  return faults;
}

async function useColours(page: Page, colorScheme: 'light' | 'dark'): Promise<void> {
  await page.emulateMedia({ colorScheme });
  await page.locator(`html[data-mantine-color-scheme=${colorScheme}]`).waitFor();
}

/**
 * `content`: the page without the name of whoever looks. `kinds`: each element by all that styles it and those around it. Both are
 * without what is counted anew in each document, and the kinds without how long a bar is.
 */
function whatIsShown(): { content: string; kinds: string[] } {
  const counted = /_r_[a-z0-9]+_/g;
  const nameOfWhoLooks = document.querySelector('header a[href="/account"]')?.outerHTML ?? '';
  const content = document.body.innerHTML
    .replace(nameOfWhoLooks, '')
    .replaceAll(/ (id|for|name|aria-[a-z]+)="[^"]*(mantine|_r_|«)[^"]*"/g, '')
    .replaceAll(counted, '');
  const own = (element: Element) =>
    ['role', 'class', 'style', 'data-variant', 'data-active', 'aria-current', 'disabled']
      .map((name) => element.getAttribute(name) ?? '')
      .join(' ')
      .replaceAll(counted, '')
      .replaceAll(/[\d.]+%/g, '%');
  const kinds = new Set<string>();
  const walk = (element: Element, around: string) => {
    const kind = `${around}>${element.tagName} ${own(element)}`;
    kinds.add(kind);
    for (const child of element.children) walk(child, kind);
  };
  for (const child of document.body.children) walk(child, '');
  return { content, kinds: [...kinds] };
}

/** A list lays itself out anew when the window changes: what is cut until then is none. */
async function cutNow(page: Page): Promise<string[]> {
  const until = Date.now() + settlesWithinMs;
  for (;;) {
    const faults = await page.evaluate(cutOnPage);
    if (faults.length === 0 || Date.now() > until) return faults;
    await page.evaluate(() => new Promise((drawn) => requestAnimationFrame(() => setTimeout(drawn))));
  }
}

function cutOnPage(): string[] {
  const root = document.scrollingElement!;
  const name = (element: Element) => element.outerHTML.slice(0, 160);
  const faults: string[] = [];
  if (root.scrollWidth > root.clientWidth) {
    const widest = [...document.body.querySelectorAll('*')].filter(
      (one) => one.getBoundingClientRect().right > root.clientWidth + 1 && one.children.length === 0,
    );
    faults.push(
      `the page has to be moved sideways, ${root.scrollWidth} > ${root.clientWidth}: ${widest.slice(0, 3).map(name).join(' and ')}`,
    );
  }
  for (const element of document.body.querySelectorAll('*')) {
    const { clientWidth, clientHeight, scrollWidth, scrollHeight } = element;
    // Of one pixel: for screen readers only.
    if (clientWidth <= 1 || clientHeight <= 1 || !element.checkVisibility()) continue;
    const { overflowX, overflowY } = getComputedStyle(element);
    const cutsAside = ['hidden', 'clip'].includes(overflowX) && scrollWidth > clientWidth + 1;
    const cutsBelow = ['hidden', 'clip'].includes(overflowY) && scrollHeight > clientHeight + 1;
    if ((cutsAside || cutsBelow) && element.textContent) faults.push(`it is cut: ${name(element)}`);
  }
  return faults;
}
