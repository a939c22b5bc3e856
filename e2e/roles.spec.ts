import { expect, test, type Page } from '@playwright/test';
import { consoleRoutes } from './journey/console-router.ts';
import { cutOffFromOutside } from './journey/console.ts';
import { fillDesk, fillPeople, type FullDesk, type Person } from './journey/full-desk.ts';
import type { Seen } from './journey/sight.ts';
import { stopsOf, strangersStops } from './journey/stops.ts';
import { Walk } from './journey/walk.ts';
import { hubApi } from './stack/hub-api.ts';
import { startThrowawayStack, type ThrowawayStack } from './stack/throwaway-stack.ts';

let stack: ThrowawayStack;
let desk: FullDesk;
let people: Awaited<ReturnType<typeof fillPeople>>;
test.beforeAll(async () => {
  stack = await startThrowawayStack();
  const hub = hubApi(stack);
  desk = await fillDesk(stack, hub);
  people = await fillPeople(stack, hub);
});
test.afterAll(() => stack?.stop());

/** Of all roles together: what one has looked at, looks the same to the next. */
const seen: Seen = { contents: new Set(), looks: new Set(), routes: new Set() };

/** What can be pressed by whoever is no admin, as far as a full desk offers it; each act was asked for and stopped before the hub. */
const acts = {
  steward: [
    'POST /api/v1/conflicts/:conflictId/resolution',
    'POST /api/v1/decisions/:decisionId/undo',
    'POST /api/v1/match-reviews/decision',
    'POST /api/v1/change-requests/:requestId/answer',
    'POST /api/v1/records/:recordId/confirm-deleted',
    'POST /api/v1/customers/:customerId/pins',
    'PUT /api/v1/account/password',
  ],
  auditor: ['PUT /api/v1/account/password'],
};

for (const role of ['admin', 'steward', 'auditor'] as const) {
  test(`a person with the role ${role} walks through every screen`, async ({ page, context }) => {
    test.setTimeout(900_000);
    const asked = await cutOffFromOutside(context, stack);
    const may = await enter(
      page,
      people.people.find((one) => one.role === role)!,
    );
    const stops = stopsOf(desk);
    const walk = new Walk({ page, hubUrl: stack.hubUrl, role, may, stops }, seen);
    for (const stop of stops) await walk.visit(stop);
    console.log(
      `The ${role} looked at ${walk.visited.size} places${walk.asked.size > 0 ? ` and asked for ${[...walk.asked].join(', ')}` : ''}.`,
    );
    console.log(`It took ${walk.stopwatch.toString()}.`);
    expect(walk.faults, 'no fault on any screen').toEqual([]);
    expect(asked, 'no page asked anything of the outside').toEqual([]);
    if (role !== 'admin')
      expect([...walk.asked], 'what may be done was pressed').toEqual(expect.arrayContaining(acts[role]));
  });
}

test('a stranger sees the log-in and an invitation, and no route of the console is left out of the walks', async ({
  page,
  context,
}) => {
  const asked = await cutOffFromOutside(context, stack);
  const stops = strangersStops(people.token);
  const walk = new Walk(
    { page, hubUrl: stack.hubUrl, role: 'stranger', may: ['POST /api/v1/session', 'POST /api/v1/links/use'], stops },
    seen,
  );
  // Whoever is not logged in is answered 401 when asked who it is.
  for (const stop of stops) await walk.visit(stop);
  expect(
    walk.faults.filter((fault) => !fault.includes('401')),
    'no fault on any screen',
  ).toEqual([]);
  expect(asked, 'no page asked anything of the outside').toEqual([]);
  await page.goto(stack.hubUrl);
  const routes = await consoleRoutes(page);
  expect(routes.length, 'the router is asked').toBeGreaterThan(10);
  const walked = new Set([...stops, ...stopsOf(desk)].map(({ route }) => route));
  expect(
    routes.filter((route) => !walked.has(route)),
    'a new screen is a line in journey/stops.ts',
  ).toEqual([]);
});

async function enter(page: Page, { email, password }: Person): Promise<string[]> {
  await page.goto(stack.hubUrl);
  await page.getByLabel('E-mail').fill(email);
  await page.getByLabel('Password').fill(password);
  await page.getByRole('button', { name: 'Log in' }).click();
  await expect(page.getByRole('heading', { name: 'Overview', level: 1 })).toBeVisible();
  const session = await page.context().request.get(`${stack.hubUrl}/api/v1/session`);
  return ((await session.json()) as { may: string[] }).may;
}
