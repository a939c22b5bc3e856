// Runs the whole of Cinch under the product's Node: a thin use of startStack, with the environment as its options and every way
// to be told to end in one place. Started by start.mjs, which holds the port until the hub wants it.
import { join, resolve } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { startStack, type Stack } from './stack.ts';

const env = process.env;
const ending = new AbortController();

function tell(message: { type: string; text?: string; lines?: string[] }): void {
  if (process.connected) process.send!(message);
  else for (const line of message.lines ?? [message.text]) if (line) console.log(line);
}

function watchForTheEnd(): void {
  const end = () => ending.abort(new Error('Told to end.'));
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, end);
  process.on('disconnect', end);
  const parent = process.ppid;
  setInterval(() => process.ppid !== parent && end(), 500).unref();
}

function freeHubPort(): Promise<void> {
  if (!process.connected) return Promise.resolve();
  return new Promise((freed) => {
    const hear = (message: unknown) => {
      if ((message as { type?: string }).type !== 'port-free') return;
      process.off('message', hear);
      freed();
    };
    process.on('message', hear);
    process.send!({ type: 'claim-port' });
  });
}

function portFrom(name: string): number | undefined {
  if (!env[name]) return undefined;
  const port = Number(env[name]);
  if (Number.isInteger(port) && port > 0 && port <= 65_535) return port;
  throw new Error(`${name} is "${env[name]}", which is no port: set it to a number from 1 to 65535.`);
}

const isWorker = env.ROLE === 'worker';

watchForTheEnd();
let stack: Stack | undefined;
let code = 0;
try {
  if (isWorker && !env.DATABASE_URL)
    throw new Error('ROLE=worker works beside a hub: set DATABASE_URL to the database of that hub.');
  stack = await startStack({
    dataDir: env.DATA_DIR || join(resolve(import.meta.dirname, '..'), '.data'),
    port: portFrom('PORT') ?? 3000,
    host: env.HOST || '127.0.0.1',
    systemPorts: { adipose: portFrom('ADIPOSE_PORT'), bellyfat: portFrom('BELLYFAT_PORT') },
    databaseUrl: env.DATABASE_URL || undefined,
    demo: env.DEMO !== 'off' && !isWorker,
    admin: { email: env.ADMIN_EMAIL, password: env.ADMIN_PASSWORD, token: env.ADMIN_TOKEN },
    onProgress: (text) => tell({ type: 'progress', text }),
    keepGoing: (text) => tell({ type: 'progress', text }),
    freeHubPort,
    signal: ending.signal,
  });
  const { adiposeUrl, bellyfatUrl, readyLines } = stack;
  const systems = adiposeUrl ? [`The systems' own pages: Adipose ${adiposeUrl}, BellyFat ${bellyfatUrl}`] : [];
  tell({ type: 'ready', lines: [...readyLines, ...systems] });
  const told = new Promise<undefined>((done) => ending.signal.addEventListener('abort', () => done(undefined)));
  const broken = await Promise.race([told, stack.broken]);
  // Ctrl-C reaches all of us at once: a program may be gone a moment before we hear of it ourselves.
  await wait(ending.signal.aborted ? 0 : 300);
  if (broken && !ending.signal.aborted) {
    console.error(broken);
    code = 1;
  }
} catch (error) {
  await wait(ending.signal.aborted ? 0 : 300);
  if (!ending.signal.aborted) {
    console.error((error as Error).message);
    code = 1;
  }
}
await stack?.stop();
process.exit(code);
