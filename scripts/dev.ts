// `npm run dev`: hub, both systems and console from their sources, each loaded anew when it is saved.
import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { startStack } from './stack.ts';
import { root } from './workspaces.ts';

const port = Number(process.env['PORT'] || 3000);
const consolePort = 5173;
/** Where a debugger attaches. */
const inspectors = { hub: 9229, adipose: 9230, bellyfat: 9231 };

const watched = (name: keyof typeof inspectors) => [
  '--watch',
  '--watch-preserve-output',
  `--inspect=${inspectors[name]}`,
];
const told = new Promise<string>((done) => {
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.once(signal, () => done('told to end'));
});

const stack = await startStack({
  dataDir: process.env['DATA_DIR'] || join(root, '.data', 'dev'),
  port,
  databaseUrl: process.env['DATABASE_URL'] || undefined,
  admin: { email: 'admin@cinch.test', password: 'a password for development' },
  env: { LOG_LEVEL: process.env['LOG_LEVEL'] || 'info' },
  programs: { hub: join(root, 'apps', 'api', 'src', 'main.ts') },
  nodeOptions: {
    hub: [...watched('hub'), '--enable-source-maps', '--import', join(root, 'apps', 'api', 'run-decorators.ts')],
    adipose: watched('adipose'),
    bellyfat: watched('bellyfat'),
  },
  onProgress: (text) => console.log(text),
});
const vite = spawn('vite', ['--port', String(consolePort), '--strictPort', '--clearScreen', 'false'], {
  cwd: join(root, 'apps', 'web'),
  env: { ...process.env, PORT: String(port) },
  stdio: ['ignore', 'inherit', 'inherit'],
  shell: process.platform === 'win32',
});
const viteEnded = new Promise<string>((done) => vite.once('exit', () => done('the console has ended')));
console.log(`
Console          http://localhost:${consolePort}, log in as ${stack.adminEmail} with "${stack.adminPassword}"
Hub              ${stack.hubUrl}, debugger port ${inspectors.hub}
Adipose          ${stack.adiposeUrl}, debugger port ${inspectors.adipose}
BellyFat         ${stack.bellyfatUrl}, debugger port ${inspectors.bellyfat}
Databases        ${Object.values(stack.databaseUrls).join('\n                 ')}
`);
console.log(`Ends: ${await Promise.race([told, viteEnded, stack.broken])}`);
vite.kill();
// Ctrl-C reaches all of us at once: what ends by itself needs not be told.
await wait(100);
await stack.stop();
process.exit(0);
