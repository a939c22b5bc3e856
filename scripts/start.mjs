// `npm start`: answers at once with a page that tells the progress, installs, builds, and runs the hub (launch.ts).
// Runs before anything is installed: Node 20, only node: modules.
import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { install, noteRunning, productEnv, productNode, root, run } from './install.mjs';
import { openProgressPage } from './progress-page.mjs';

const host = process.env.HOST || '127.0.0.1';
const port = Number(process.env.PORT || 3000);
const steps = ['Install the packages', 'Build the hub and the console', 'Start the hub'].map((text) => ({
  text,
  state: 'next',
}));

let child;
let page;
let forgetRunning = () => {};
let stopping = false;

function enter(index, text) {
  steps.forEach((step, at) => (step.state = at < index ? 'done' : at === index ? 'now' : 'next'));
  if (text) steps[index].text = text;
}

async function finish(code) {
  forgetRunning();
  await page?.close();
  process.exit(code);
}

/** Signals come to npm, to the shell in between or to us: whichever way, the child is told once and we leave after it. */
async function stop(signal) {
  if (stopping) return;
  stopping = true;
  if (!child || child.exitCode !== null || child.signalCode !== null) return finish(0);
  const over = new Promise((done) => child.once('exit', done));
  child.kill(signal);
  await Promise.race([over, wait(9000)]);
  child.kill('SIGKILL');
  return finish(0);
}

function watchSignals() {
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => void stop(signal));
  // npm does not pass every signal on; when it is gone we would stay behind as an orphan.
  const parent = process.ppid;
  if (process.env.npm_lifecycle_event) {
    setInterval(() => process.ppid !== parent && void stop('SIGTERM'), 500).unref();
  }
}

async function openPage() {
  if (!Number.isInteger(port) || port < 1 || port > 65_535) {
    throw new Error(`PORT is "${process.env.PORT}", which is no port: set it to a number from 1 to 65535.`);
  }
  // The children of a hub that was killed a moment ago may still hold the port.
  for (let tries = 0; ; tries++) {
    try {
      return await openProgressPage({ host, port, steps });
    } catch (error) {
      if (error.code === 'EADDRINUSE' && tries < 10) {
        await wait(300);
        continue;
      }
      if (error.code === 'EADDRINUSE') {
        throw new Error(
          `Port ${port} is in use, perhaps by a hub that already runs. Stop that, or set PORT to another.`,
        );
      }
      throw new Error(
        `Cannot listen on ${host}:${port} (${error.message}). Set HOST and PORT to an address of this machine.`,
      );
    }
  }
}

function launch() {
  return new Promise((done, failed) => {
    child = spawn(productNode(), [join(root, 'scripts', 'launch.ts')], {
      cwd: root,
      env: productEnv(),
      stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
    });
    child.once('error', failed);
    child.once('exit', (code) => done(code ?? 1));
    child.on('message', async (message) => {
      if (message.type === 'progress') {
        console.log(message.text);
        enter(2, message.text);
      } else if (message.type === 'ready') {
        console.log('Cinch is ready');
        for (const line of message.lines) console.log(line);
      } else if (message.type === 'claim-port') {
        await page.close();
        if (child.connected) child.send({ type: 'port-free' });
      }
    });
  });
}

watchSignals();
try {
  page = await openPage();
  console.log(`Cinch is starting: http://${host === '0.0.0.0' ? 'localhost' : host}:${port}`);
  const track = (process) => (child = process);
  enter(0);
  await install(track);
  console.log('installed');
  forgetRunning = noteRunning();
  enter(1);
  await run('turbo', ['run', 'build', '--output-logs=errors-only'], {
    env: productEnv({ TURBO_TELEMETRY_DISABLED: '1', DO_NOT_TRACK: '1' }),
    track,
    quiet: true,
    failure: 'The build failed: the lines above say where.',
  });
  console.log('built');
  enter(2);
  const code = await launch();
  if (!stopping) await finish(code);
} catch (error) {
  // A step that a signal ended has not failed; `stop` leaves by itself.
  if (!stopping) {
    console.error(error.message);
    await finish(1);
  }
}
