import { Worker } from 'node:worker_threads';

/** Reading, matching and answering take turns of some milliseconds: a loop that stands still for so long does not come back. */
const standsStillMs = 30_000;
const beatMs = 1_000;

/** As text: it must run from the sources as well as from the built file. It counts its own seconds, so that a frozen process is no case. */
const watching = `
const { workerData: { beats, most, beatMs } } = require('node:worker_threads');
const { writeSync } = require('node:fs');
let [last, still] = [-1, 0];
setInterval(() => {
  const now = Atomics.load(beats, 0);
  still = now === last ? still + 1 : 0;
  last = now;
  if (still < most) return;
  writeSync(2, 'The hub ends: its loop of events has stood still for ' + most * beatMs / 1000 + ' s.\\n');
  process.kill(process.pid, 'SIGKILL');
}, beatMs);
`;

/**
 * Ends this process when a computation keeps it from everything else, so that whoever keeps it going starts it again and what was under
 * way is taken up with care. Only another thread can see that.
 */
export function watchOwnLoop(mostMs = standsStillMs): void {
  const beats = new Int32Array(new SharedArrayBuffer(Int32Array.BYTES_PER_ELEMENT));
  setInterval(() => Atomics.add(beats, 0, 1), beatMs).unref();
  const workerData = { beats, most: mostMs / beatMs, beatMs };
  new Worker(watching, {
    eval: true,
    execArgv: [],
    workerData,
    resourceLimits: { maxOldGenerationSizeMb: 16 },
  }).unref();
}
