import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, expect, it } from 'vitest';
import { exitCodes } from '@cinch/api-contract';
import { keepProgram } from './kept.ts';
import { freePort } from './ports.ts';
import { startProgram, type Program } from './program.ts';

const folder = mkdtempSync(join(tmpdir(), 'cinch-kept-'));
const looks = join(folder, 'looks');
writeFileSync(looks, '0');
const answering = join(folder, 'answering.mjs');
writeFileSync(
  answering,
  `import { createServer } from 'node:http';
   import { writeFileSync } from 'node:fs';
   let looks = 0;
   createServer((request, response) => { writeFileSync(${JSON.stringify(looks)}, String((looks += 1))); response.end('ok'); }).listen(process.env.PORT, '127.0.0.1', () => process.send({ type: 'ready', lines: [] }));
   process.on('SIGTERM', () => process.exit(0));`,
);
const endingBy = (code: number) => {
  const file = join(folder, `ending-by-${code}.mjs`);
  writeFileSync(file, `process.exit(${code});`);
  return file;
};

let stopping = new AbortController();
let running: Program | undefined;
afterEach(async () => {
  stopping.abort();
  await running?.stop();
  stopping = new AbortController();
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** Keeps a program that runs `files`, one after the other; the last one for ever. */
function kept(files: string[], port: number) {
  const told: string[] = [];
  const ready = Promise.withResolvers<void>();
  let starts = 0;
  const start = () => {
    const file = files[Math.min(starts, files.length - 1)]!;
    starts += 1;
    const onMessage = ({ type }: { type: string }) => void (type === 'ready' && ready.resolve());
    running = startProgram({ name: 'the hub', file, env: { PORT: String(port) }, onMessage });
    return running;
  };
  const livez = `http://127.0.0.1:${port}/livez`;
  const broken = keepProgram({
    start,
    livez,
    ready: ready.promise,
    tell: (line) => told.push(line),
    stopping: stopping.signal,
  });
  const answers = () =>
    fetch(livez, { signal: AbortSignal.timeout(500) }).then(
      ({ ok }) => ok,
      () => false,
    );
  return { told, broken, answers, ready: ready.promise, starts: () => starts };
}

it('starts again what was killed, and says so in a line', async () => {
  const { told, ready, answers } = kept([answering], await freePort());
  await ready;
  process.kill(running!.pid!, 'SIGKILL');
  await expect.poll(() => told).toEqual(['the hub ended with SIGKILL: it is started again in 1 s.']);
  await expect.poll(answers).toBe(true);
});

// As long as a hub may say nothing, and longer.
it('ends a hub that is frozen, which no signal but that reaches, and starts it again', async () => {
  const { told, ready, answers } = kept([answering], await freePort());
  await ready;
  // It must have been seen to answer: until then it may be on its way.
  const looked = Number(readFileSync(looks, 'utf8'));
  await expect.poll(() => Number(readFileSync(looks, 'utf8'))).toBeGreaterThan(looked);
  process.kill(running!.pid!, 'SIGSTOP');
  await expect.poll(() => told, { timeout: 20_000 }).toContain('the hub has not answered for 10 s: it is ended.');
  await expect.poll(answers, { timeout: 10_000 }).toBe(true);
});

it('waits longer each time that it ends at once, and never gives up', async () => {
  const { told, ready } = kept([answering, endingBy(1)], await freePort());
  await ready;
  process.kill(running!.pid!, 'SIGKILL');
  await expect.poll(() => told.length, { timeout: 15_000 }).toBe(3);
  expect(told.map((line) => /in (\d+) s/.exec(line)?.[1])).toEqual(['1', '2', '4']);
});

it('says that it stops where it never was ready, and where its configuration is wrong', async () => {
  const never = kept([endingBy(1)], await freePort());
  expect(await never.broken).toBe('Cinch stops: the hub ended with exit code 1 without being told to.');
  const later = kept([answering, endingBy(exitCodes.configuration)], await freePort());
  await later.ready;
  process.kill(running!.pid!, 'SIGKILL');
  expect(await later.broken).toContain(`exit code ${exitCodes.configuration}`);
  expect(later.starts()).toBe(2);
});
