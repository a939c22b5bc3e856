// Runs what the image would hold, without Docker: `npm run check-image`. What the Dockerfile copies, builds and prunes lies in an empty
// folder outside of the checkout; from there the hub and both systems start, and what docs/install.md prints backs up and restores.
import { chmodSync, chownSync, mkdirSync, mkdtempSync, readFileSync, realpathSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { compareState, inWords } from './compare-state/compare.ts';
import { makeRole, runStatements } from './image/database-roles.ts';
import { readDockerfile } from './image/dockerfile.ts';
import { makeImage, type Step } from './image/make-image.ts';
import { printedCommands, type PrintedCommand } from './image/printed-commands.ts';
import { RunningImage } from './image/running-image.ts';
import { freePort } from './ports.ts';
import { startPostgres } from './postgres.ts';
import { root } from './workspaces.ts';

const pushed = 500;
const patienceMs = 60_000;
const adminToken = 'cinch_admin_only-for-this-check';
const text = (file: string) => readFileSync(join(root, file), 'utf8');
const steps = readDockerfile(text('Dockerfile'));
const roles = text('docker/databases.sh');
const work = realpathSync(mkdtempSync(join(tmpdir(), 'cinch-image-')));
chmodSync(work, 0o755);

/** The programs run as a user who can write nothing but the data folder, where we are root and can choose; else as ourselves. */
const user = process.getuid?.() === 0 ? { uid: 65_534, gid: 65_534 } : undefined;
const data = join(work, 'data');
mkdirSync(data, { mode: 0o700 });
if (user) chownSync(data, user.uid, user.gid);

/** The Node of the product and the npm of the machine, and nothing that the checkout has installed. */
const tools = join(work, 'tools');
mkdirSync(tools);
symlinkSync(realpathSync(process.execPath), join(tools, 'node'));
const ofMachine = (process.env['PATH'] ?? '').split(delimiter).filter((entry) => !entry.includes('node_modules'));
const path = [tools, ...ofMachine].join(delimiter);

/** A command that failed has told the rest already. */
const firstLine = (error: unknown) => (error as Error).message.split('\n')[0]!;

const step: Step = async (name, run) => {
  const began = performance.now();
  const told = (word: string) => `${word} ${((performance.now() - began) / 1000).toFixed(1).padStart(6)} s  ${name}`;
  try {
    const result = await run();
    console.log(`${told('passed')}${typeof result === 'string' ? `: ${result.split('\n')[0]}` : ''}`);
    return result;
  } catch (error) {
    console.log(`${told('FAILED')}: ${firstLine(error)}`);
    throw error;
  }
};

async function ask<T>(hub: string, method: string, route: string, body?: object, token = adminToken): Promise<T> {
  const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json' };
  const answer = await fetch(`${hub}/api/v1${route}`, { method, headers, body: body ? JSON.stringify(body) : null });
  if (!answer.ok) throw new Error(`${method} ${route}: ${answer.status} ${await answer.text()}`);
  return (await answer.json()) as T;
}

async function pushRecords(hub: string): Promise<string> {
  const member = (name: string) => ({ path: name });
  const name = { attribute: 'name', members: { given: member('given'), family: member('family') } };
  const document = { format: 1, system: 'shop', key: member('id'), kind: { constant: 'person' }, attributes: [name] };
  await ask(hub, 'POST', '/systems', { code: 'shop', name: 'Shop' });
  await ask(hub, 'PUT', '/systems/shop/mapping', { document });
  const { key } = await ask<{ key: string }>(hub, 'POST', '/systems/shop/keys');
  const records = Array.from({ length: pushed }, (_, n) => {
    return { id: `${n}`, version: 1, data: { id: `${n}`, given: `Given${n}`, family: `Family${n % 50}` } };
  });
  await ask(hub, 'POST', '/systems/shop/records', records, key);
  for (const began = performance.now(); performance.now() - began < patienceMs; await wait(200)) {
    const { inbox, customers } = await ask<{ inbox: { waiting: number }; customers: number }>(hub, 'GET', '/status');
    if (inbox.waiting === 0 && customers > 0) return `${pushed} records are ${customers} customers`;
  }
  throw new Error('The hub takes nothing in.');
}

/** Types what docs/install.md prints; only `docker compose` is not there, and /data is a folder of ours. */
async function type(command: PrintedCommand, at: { image: RunningImage; admin: string; start: () => Promise<void> }) {
  const { verb, service, words } = command;
  if (verb === 'stop' && service === 'hub') return at.image.stop('hub');
  if (verb === 'up' && service === 'hub') return at.start();
  if (service === 'hub') {
    return at.image.run(
      words.map((word) => word.replace(/^\/data\//, `${data}/`)),
      hubEnv,
    );
  }
  const statements = words.flatMap((word) => /^--command=(.+)$/s.exec(word)?.[1] ?? []);
  if (service !== 'postgres' || words[0] !== 'psql' || statements.length === 0)
    throw new Error('No check knows how to run this.');
  return runStatements(at.admin, statements);
}

let hubEnv: Record<string, string> = {};

async function check(admin: string): Promise<void> {
  const folder = await makeImage(steps, { work, path, step });
  const image = new RunningImage(folder, { PATH: path, ...steps.env, HOST: '127.0.0.1', DATA_DIR: data }, user);
  const [port, ...systemPorts] = await Promise.all([1, 2, 3].map(() => freePort()));
  const hub = `http://127.0.0.1:${port}`;
  try {
    let url = '';
    await step('docker/databases.sh makes the role of the hub', async () => {
      url = await makeRole(admin, roles, 'cinch', 'of this check');
    });
    hubEnv = { PORT: `${port}`, DATABASE_URL: url, AUTH_SECRET: 'x'.repeat(40), TOKEN_SECRET: 'y'.repeat(40) };
    Object.assign(hubEnv, { ADMIN_TOKEN: adminToken, ADMIN_PASSWORD: 'only for this one check' });
    const start = () => image.start('hub', steps.command, hubEnv, `${hub}/readyz`);
    await step(`CMD ${steps.command.join(' ')}`, start);
    for (const [n, system] of ['adipose', 'bellyfat'].entries()) {
      await step(`node apps/${system}/src/main.ts`, async () => {
        const place = {
          PORT: `${systemPorts[n]}`,
          DATABASE_URL: await makeRole(admin, roles, system, 'of this check'),
        };
        const env = { ...place, HUB_URL: hub, HUB_KEY: 'k'.repeat(43), ADAPTER_TOKEN: 't'.repeat(43) };
        await image.start(
          system,
          ['node', `apps/${system}/src/main.ts`],
          env,
          `http://127.0.0.1:${systemPorts[n]}/livez`,
        );
        await image.stop(system);
      });
    }
    await step('the console is served', async () => {
      const page = await (await fetch(hub)).text();
      if (!page.includes('<div id="root">')) throw new Error('The hub answers no console.');
    });
    await step('push', () => pushRecords(hub));
    for (const command of printedCommands(text('docs/install.md'), '## Backup and restore')) {
      // What the page has thrown away is kept here, to compare with it.
      if (command.line.includes('drop database')) await runStatements(admin, ['create database before template cinch']);
      await step(command.line, () => type(command, { image, admin, start }));
    }
    await step('compare', async () => {
      const before = new URL(admin);
      before.pathname = '/before';
      const restored = new URL(before);
      restored.pathname = '/cinch';
      const { compared, differences, differing } = await compareState(before.href, restored.href);
      if (differing > 0) throw new Error(`${differing} differences, the first: ${inWords(differences[0]!)}`);
      return Object.entries(compared)
        .filter(([, n]) => n > 0)
        .map(([section, n]) => `${n} ${section}`)
        .join(', ');
    });
    await step('the restored hub hears, and sends nothing', async () => {
      const { outbound } = await ask<{ outbound: string }>(hub, 'GET', '/outbound');
      if (outbound !== 'paused') throw new Error(`Its outbound is ${outbound}.`);
    });
  } finally {
    await image.stopAll();
  }
}

const postgres = await startPostgres({ dataDir: join(work, 'server'), throwaway: true });
try {
  await check(postgres.url);
  console.log('left out, as there is no Docker: the base images, capabilities, read-only file systems, health checks');
  console.log('The image is right.');
} catch (error) {
  console.error(`The image is wrong: ${firstLine(error)}`);
  process.exitCode = 1;
} finally {
  await postgres.stop();
  rmSync(work, { recursive: true, force: true });
}
