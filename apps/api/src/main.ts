import 'reflect-metadata';
import { exitCodes } from '@cinch/api-contract';
import { FrontDoor } from './front-door.ts';
import { openHub, type Hub } from './hub.ts';
import { openWorker } from './lone-worker.ts';
import { watchOwnLoop } from './loop-watch.ts';
import { parentProcess } from './parent-process.ts';
import { failureInWords } from './pipeline/failure-in-words.ts';
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

process.on('uncaughtException', (error) => {
  // Its text may quote values. What was under way is in no state to go on: nothing is lost by ending here, as by a crash.
  console.error(`The hub ends by an error that nobody caught: ${failureInWords(error)}`);
  process.exit(exitCodes.fault);
});
watchOwnLoop();

try {
  await start(environmentOrEnd());
} catch (error) {
  if (stopping === null) {
    console.error(error instanceof Error ? error.message : error);
    await stop(1);
  }
}

function environmentOrEnd(): Environment {
  try {
    return readEnvironment(process.env);
  } catch (error) {
    console.error((error as Error).message);
    process.exit(exitCodes.configuration);
  }
}
