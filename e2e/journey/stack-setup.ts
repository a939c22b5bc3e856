import { type StackAddress, startThrowawayStack } from '../stack/throwaway-stack.ts';

const variable = 'CINCH_E2E_STACK';

/** Starts the one stack of the browser journeys; what it returns ends it, also after failures. */
export default async function setUp(): Promise<() => Promise<void>> {
  const { broken, stop, ...address } = await startThrowawayStack();
  let ending = false;
  void broken.then((sentence) => ending || console.error(sentence));
  process.env[variable] = JSON.stringify(address satisfies StackAddress);
  return () => {
    ending = true;
    return stop();
  };
}

/** The stack that runs, from within a test. */
export function runningStack(): StackAddress {
  const text = process.env[variable];
  if (!text)
    throw new Error('No stack was started: run the journeys by `npx playwright test -c e2e/playwright.config.ts`.');
  return JSON.parse(text) as StackAddress;
}
