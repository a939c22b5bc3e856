import { expect, type Page } from '@playwright/test';
import { goByAddress, goByRouter } from './console-router.ts';
import { pressAll } from './press-all.ts';
import { looksAtAll, type Seen } from './sight.ts';
import { Stopwatch } from './stopwatch.ts';
import type { Stop } from './stops.ts';

interface Who {
  page: Page;
  hubUrl: string;
  role: string;
  /** The calls of the rights table that this person may make. */
  may: readonly string[];
  /** Every stop there is, to tell where a link leads. */
  stops: readonly Stop[];
}

/** Parts of an address that say whom or how much it is about; what an address does is said by the others. */
const aboutWhat = [
  'sort',
  'cursor',
  'hide',
  'user',
  'record',
  'decision',
  'attribute',
  'system',
  'cause',
  'id',
  'at',
  'search',
  'actor',
  'replay',
  'tie',
];

/** No page of the console has this address. */
const nowhere = '/nowhere';

/** One person's way through the console. It goes on after a fault and tells all of them at its end. */
export class Walk {
  readonly faults: string[] = [];
  readonly visited = new Set<string>();
  /** The calls that what was pressed asked for, as the rights table names them. */
  readonly asked = new Set<string>();
  readonly stopwatch = new Stopwatch();
  private readonly pressed = new Set<string>();
  private isQuiet = true;
  /** Something was pressed, filled or opened since the page was loaded: what is looked at next must not have it. */
  private isUsed = false;

  private readonly who: Who;
  private readonly seen: Seen;

  constructor(who: Who, seen: Seen) {
    this.who = who;
    this.seen = seen;
    const { page } = who;
    const hear = (text: string) => this.isQuiet && this.faults.push(`${who.role} at ${page.url()}: ${text}`);
    page.on('console', (message) => ['error', 'warning'].includes(message.type()) && hear(`it says ${message.text()}`));
    page.on('pageerror', (error) => hear(`it throws ${error.message}`));
    page.on('requestfailed', (request) => {
      const { errorText } = request.failure() ?? { errorText: '' };
      if (errorText !== 'net::ERR_ABORTED') hear(`${request.method()} ${request.url()} fails: ${errorText}`);
    });
    page.on('response', (response) => {
      if (response.status() >= 400)
        hear(`${response.request().method()} ${response.url()} is answered ${response.status()}`);
    });
  }

  /** Looks at the stop and at every act that it leads to, and, whoever is no admin, tries all that can be pressed there. */
  async visit(stop: Stop): Promise<void> {
    const { page, role, may, stops } = this.who;
    this.visited.add(kindOf(stop));
    if (stop.needs !== undefined && !may.includes(stop.needs))
      return this.stopwatch.time('being refused', () => this.isRefused(stop));
    await this.stopwatch.time('going', () => this.reach(stop));
    const say = (text: string) => this.faults.push(`${role} at ${stop.url}: ${text}`);
    for (const fault of await looksAtAll(page, this.seen, this.stopwatch)) say(fault);

    const links = await page
      .locator('main a[href]')
      .evaluateAll((all) => all.map((link) => (link as HTMLAnchorElement).href));
    const here = new URL(stop.url, this.who.hubUrl).pathname;
    const acts: Stop[] = [];
    for (const to of links.map((href) => new URL(href))) {
      const leadsTo = stops.find(({ route }) => patternOf(route).test(to.pathname));
      if (leadsTo?.needs !== undefined && !may.includes(leadsTo.needs))
        say(`it leads to ${to.pathname}, which is not theirs`);
      if (to.pathname === here && to.search !== '')
        acts.push({ ...stop, url: to.pathname + to.search, tables: [], open: undefined });
    }
    if (role !== 'admin') {
      this.isQuiet = false;
      for (const call of await this.stopwatch.time('pressing', () => this.pressAll(stop))) {
        const right = may.find((mine) => patternOf(mine).test(call));
        if (right === undefined) say(`it asks for ${call}, which is refused`);
        this.asked.add(right ?? call);
      }
      if (this.isUsed) await this.stopwatch.time('leaving', () => this.leave());
      this.isQuiet = true;
    }
    for (const act of acts) if (!this.visited.has(kindOf(act))) await this.visit(act);
  }

  private async pressAll(stop: Stop): Promise<string[]> {
    const { calls, isUsed } = await pressAll(this.who.page, this.pressed, () => {
      this.isUsed = true;
      return this.reach(stop);
    });
    this.isUsed ||= isUsed;
    return calls;
  }

  private async reach(stop: Stop): Promise<void> {
    const { url, heading, tables = [], opens, open } = stop;
    const { page, may } = this.who;
    await this.go(stop);
    await expect(page.getByRole('heading', { level: 1, name: heading }), `${url} is shown`).toBeVisible();
    for (const table of tables) {
      const rows = page.getByRole('table', { name: table, exact: true }).getByRole('row');
      await expect(rows.nth(1), `${url} has rows in ${table}`).toBeVisible();
    }
    await expect(page.getByText('Loading', { exact: true }), `${url} has loaded`).toHaveCount(0);
    if (!open || (opens !== undefined && !may.includes(opens))) return;
    this.isUsed = true;
    await open(page);
  }

  /** By the router, as a link does; a route that nobody has been at yet, as somebody who types its address. */
  private async go({ route, url }: Stop): Promise<void> {
    const { page, hubUrl } = this.who;
    if (this.isUsed) await this.leave();
    if (this.isAtConsole() && this.seen.routes.has(route)) return goByRouter(page, url);
    await goByAddress(page, hubUrl + url);
    this.seen.routes.add(route);
  }

  private isAtConsole(): boolean {
    return this.who.page.url().startsWith(this.who.hubUrl);
  }

  /** Leaves every page, and with it all that was opened and filled; what stays even then goes with the document. */
  private async leave(): Promise<void> {
    const { page } = this.who;
    await goByRouter(page, nowhere);
    await expect(page.getByRole('heading', { name: 'There is no such page' })).toBeVisible();
    if ((await page.locator('[role=alert], [role=dialog]').count()) > 0) await page.goto('about:blank');
    this.isUsed = false;
  }

  /** Nobody is led there; whoever types the address is told who may see it. */
  private async isRefused({ url }: Stop): Promise<void> {
    const { page, hubUrl, role } = this.who;
    this.isQuiet = false;
    await goByAddress(page, hubUrl + url);
    const nav = page.getByRole('navigation', { name: 'Main' });
    await expect(nav, 'the console is shown').toBeVisible();
    await expect(nav.locator(`a[href="${new URL(url, hubUrl).pathname}"]`), `${role} is not led to ${url}`).toHaveCount(
      0,
    );
    await expect(page.getByRole('main').getByText('Loading', { exact: true }), `${url} has loaded`).toHaveCount(0);
    if (!url.includes('?tab='))
      await expect(page.getByRole('main'), `${url} says who may see it`).toContainText(/an admin/);
    this.isQuiet = true;
  }
}

/** Addresses of one route that do the same are one kind. */
function kindOf({ route, url, opens, open }: Stop): string {
  const said = [...new URL(url, 'http://console').searchParams].map(([name, value]) =>
    aboutWhat.includes(name) || /^\d+$/.test(value) ? name : `${name}=${value}`,
  );
  const rest = said.filter((one) => !aboutWhat.includes(one));
  return `${route}?${rest.sort().join('&')}${open ? ` ${opens ?? 'keys'}` : ''}`;
}

/** `/customers/$id`, or `PUT /api/v1/systems/:system/lane`, as what an address or a call is held against. */
function patternOf(named: string): RegExp {
  return new RegExp(`^${named.replaceAll(/[$:]\w+/g, '[^/]+')}$`);
}
