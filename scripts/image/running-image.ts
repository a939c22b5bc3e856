import { execFileSync, spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as wait } from 'node:timers/promises';
import type { User } from '../checkout-copy.ts';

const patienceMs = 60_000;
const stopMs = 30_000;

/** A folder that holds what the image would hold, and what runs from it: as a container would, with nothing of our own environment. */
export class RunningImage {
  private readonly running = new Map<string, ChildProcess>();
  private readonly at: { cwd: string; user: User | undefined };
  private readonly env: Record<string, string>;

  constructor(folder: string, env: Record<string, string>, user: User | undefined) {
    this.at = { cwd: folder, user };
    this.env = env;
  }

  /** Starts a program and waits until it answers. */
  async start(name: string, command: readonly string[], env: Record<string, string>, url: string): Promise<void> {
    const [program, ...words] = command;
    const child = spawn(program!, words, { ...this.place(env), stdio: ['ignore', 'ignore', 'inherit'] });
    this.running.set(name, child);
    for (const began = performance.now(); performance.now() - began < patienceMs; await wait(200)) {
      if (child.exitCode !== null || child.signalCode !== null)
        throw new Error(`${command.join(' ')} ended with ${child.signalCode ?? child.exitCode}.`);
      const answer = await fetch(url).catch(() => null);
      if (answer?.ok) return;
    }
    throw new Error(`${url} does not answer.`);
  }

  /** Runs a command to its end; gives what it says. */
  run(command: readonly string[], env: Record<string, string>): string {
    const [program, ...words] = command;
    return execFileSync(program!, words, { ...this.place(env), encoding: 'utf8' }).trim();
  }

  async stop(name: string): Promise<void> {
    const child = this.running.get(name);
    this.running.delete(name);
    if (!child || child.exitCode !== null || child.signalCode !== null) return;
    const over = once(child, 'exit');
    child.kill('SIGTERM');
    const timer = setTimeout(() => child.kill('SIGKILL'), stopMs);
    await over;
    clearTimeout(timer);
    if (child.signalCode === 'SIGKILL') throw new Error(`${name} did not stop within ${stopMs / 1000} s.`);
  }

  async stopAll(): Promise<void> {
    for (const name of this.running.keys()) await this.stop(name);
  }

  private place(env: Record<string, string>) {
    return { cwd: this.at.cwd, env: { ...this.env, ...env }, ...this.at.user };
  }
}
