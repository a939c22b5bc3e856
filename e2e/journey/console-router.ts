import { expect, type Page } from '@playwright/test';

/** The console's router, which stands in every page of it, as far as the walks ask it. */
interface ConsoleRouter {
  history: { push(address: string): void; location: Located };
  state: { status: string; resolvedLocation?: Located };
  options: { context: { queryClient: { isFetching(): number; isMutating(): number } } };
  routesByPath: object;
}

interface Located {
  state: { __TSR_key?: string };
}

/** Goes to an address within the console as a link does: nothing is loaded anew but what the page asks the hub for. */
export async function goByRouter(page: Page, address: string): Promise<void> {
  await page.evaluate(
    (to) => (self as unknown as { __TSR_ROUTER__: ConsoleRouter }).__TSR_ROUTER__.history.push(to),
    address,
  );
  await expectSettled(page);
}

/** Goes to an address as whoever types it: the whole console is loaded anew. */
export async function goByAddress(page: Page, address: string): Promise<void> {
  await page.goto(address);
  await expectSettled(page);
}

/** The page that the address names is the one that is shown, and nothing that it asked the hub for is still on its way. */
async function expectSettled(page: Page): Promise<void> {
  const settled = page.waitForFunction(
    () => {
      const { __TSR_ROUTER__: router } = self as unknown as { __TSR_ROUTER__?: ConsoleRouter };
      if (router?.state.status !== 'idle') return false;
      const { queryClient } = router.options.context;
      const { history, state } = router;
      return (
        state.resolvedLocation?.state.__TSR_key === history.location.state.__TSR_key &&
        queryClient.isFetching() + queryClient.isMutating() === 0
      );
    },
    undefined,
    { timeout: 15_000 },
  );
  await expect(settled, `${page.url()} has settled`).resolves.toBeTruthy();
}

/** Every route of the console, as its router names them. */
export async function consoleRoutes(page: Page): Promise<string[]> {
  return page.evaluate(() =>
    Object.keys((self as unknown as { __TSR_ROUTER__: ConsoleRouter }).__TSR_ROUTER__.routesByPath),
  );
}
