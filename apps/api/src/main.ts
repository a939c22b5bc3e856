import 'reflect-metadata';
import { FrontDoor } from './front-door.ts';
import { openHub, type Hub } from './hub.ts';
import { openWorker } from './lone-worker.ts';
import { parentProcess } from './parent-process.ts';
import { readEnvironment, type Environment } from './platform/environment.ts';
import { Readiness } from './platform/readiness.ts';

const readiness = new Readiness((step) => parentProcess.progress(step));
const door = new FrontDoor(readiness);
let hub: Hub | null = null;
let stopping: Promise<never> | null = null;

function stop(code: number): Promise<never> {
  stopping ??= (async () => {
    // A step that hangs must not keep the port and the database from the next start.
    setTimeout(() => process.exit(1), 8_000).unref();
    await door.close();
    await hub?.close();
    process.exit(code);
  })();
  return stopping;
}

async function start(environment: Environment): Promise<void> {
  await parentProcess.claimPort();
  const url = await door.listen(environment.port, environment.host);
  readiness.progress('preparing the database');
  hub = await (environment.role === 'worker' ? openWorker : openHub)(environment, readiness);
  door.open(hub.handler);
  await hub.becomeReady();
  await hub.showFirstStart((lines) => parentProcess.ready(lines), url);
}

process.once('SIGTERM', () => void stop(0));
process.once('SIGINT', () => void stop(0));
process.once('disconnect', () => void stop(0));

try {
  await start(readEnvironment(process.env));
} catch (error) {
  if (stopping === null) {
    console.error(error instanceof Error ? error.message : error);
    await stop(1);
  }
}
