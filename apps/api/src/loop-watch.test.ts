import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { expect, it } from 'vitest';

const watch = new URL('./loop-watch.ts', import.meta.url).href;

async function run(work: string): Promise<{ signal: string | null; code: number | null; words: string }> {
  const source = `import { watchOwnLoop } from '${watch}'; watchOwnLoop(2000); ${work}`;
  const child = spawn(process.execPath, ['--input-type=module', '-e', source], { stdio: ['ignore', 'ignore', 'pipe'] });
  let words = '';
  child.stderr.on('data', (chunk) => (words += String(chunk)));
  const [code, signal] = (await once(child, 'close')) as [number | null, string | null];
  return { code, signal, words };
}

it('ends a process whose loop stands still, and says why', async () => {
  const { signal, words } = await run(
    'setTimeout(() => { const until = Date.now() + 20_000; while (Date.now() < until); }, 100);',
  );
  expect(signal).toBe('SIGKILL');
  expect(words).toContain('The hub ends: its loop of events has stood still for 2 s.');
});

it('lets one live that works in turns, and end when it has nothing to do', async () => {
  const { code } = await run(
    'const until = Date.now() + 3000; const turn = () => Date.now() < until && setImmediate(turn); turn();',
  );
  expect(code).toBe(0);
});
