import { spawn } from 'node:child_process';
import { setTimeout as wait } from 'node:timers/promises';

/** What the hub and the systems tell the one who started them. */
export type ProgramMessage =
  | { type: 'listening'; url: string }
  | { type: 'claim-port' }
  | { type: 'progress'; text: string }
  | { type: 'ready'; lines: string[] };

/** Requests in flight get this long to end after SIGTERM; what is durable is safe either way. */
const patienceMs = 4000;

export interface Program {
  name: string;
  send(message: { type: 'port-free' }): void;
  /** Resolves when it has ended, however that came. The text says how. */
  ended: Promise<string>;
  /** With which it has ended by itself, if it has. */
  readonly exitCode: number | null;
  readonly pid: number | undefined;
  /** Ends it as a crash would. */
  kill(): void;
  stop(): Promise<void>;
}

/** Starts a program with a message channel; when we die, the channel closes and the program ends itself. */
export function startProgram(options: {
  name: string;
  file: string;
  nodeOptions?: string[] | undefined;
  env: Record<string, string>;
  onMessage: (message: ProgramMessage) => void;
  /** Descriptor of an open file that takes what it prints; ours when it is left out. */
  output?: number | undefined;
}): Program {
  const output = options.output ?? 'inherit';
  const child = spawn(process.execPath, [...(options.nodeOptions ?? []), options.file], {
    env: { ...process.env, ...options.env },
    stdio: ['ignore', output, output, 'ipc'],
  });
  const ended = new Promise<string>((done) => {
    child.once('error', (error) => done(`could not be started: ${error.message}`));
    child.once('exit', (code, signal) => done(`ended with ${signal ?? `exit code ${code}`}`));
  });
  child.on('message', (message) => options.onMessage(message as ProgramMessage));
  return {
    name: options.name,
    ended,
    pid: child.pid,
    get exitCode() {
      return child.exitCode;
    },
    send: (message) => {
      if (child.connected) child.send(message);
    },
    kill: () => void child.kill('SIGKILL'),
    async stop() {
      child.kill('SIGTERM');
      const patience = new AbortController();
      await Promise.race([ended, wait(patienceMs, undefined, { signal: patience.signal }).catch(() => undefined)]);
      patience.abort();
      child.kill('SIGKILL');
      await ended;
    },
  };
}
