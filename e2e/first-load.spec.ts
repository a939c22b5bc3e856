import { expect, test } from '@playwright/test';
import { logIn } from './journey/console.ts';
import { runningStack } from './journey/stack-setup.ts';

const mostRequests = 25;
const mostBytes = 300_000;

test('from an empty browser to the overview the console asks for little', async ({ page }) => {
  const asked = new Map<string, { url: string; bytes: number }>();
  const wire = await page.context().newCDPSession(page);
  await wire.send('Network.enable');
  wire.on('Network.requestWillBeSent', ({ requestId, request: { method, url } }) =>
    asked.set(requestId, { url: `${method} ${new URL(url).pathname}`, bytes: 0 }),
  );
  wire.on('Network.loadingFinished', ({ requestId, encodedDataLength }) => {
    const one = asked.get(requestId);
    if (one) one.bytes = encodedDataLength;
  });

  await logIn(page, runningStack());
  // Whatever is asked for has come, but for the stream of what others change, which never ends.
  const underWay = () => [...asked.values()].filter(({ bytes }) => bytes === 0).map(({ url }) => url);
  await expect.poll(underWay).toEqual(['GET /api/v1/live']);

  const all = [...asked.values()];
  const told = all.map(({ url, bytes }) => `${bytes} ${url}`).join('\n');
  expect(all.length, told).toBeLessThanOrEqual(mostRequests);
  expect(
    all.reduce((sum, { bytes }) => sum + bytes, 0),
    told,
  ).toBeLessThanOrEqual(mostBytes);
});
