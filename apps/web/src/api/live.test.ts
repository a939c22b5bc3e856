import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { listenLive, unlessLive, type LiveSource } from './live.ts';

/** A wire whose hub is this test. */
class Wire implements LiveSource {
  isOpen = true;
  private readonly listeners = new Map<string, (event: { data?: string }) => void>();

  addEventListener(name: string, listener: (event: { data?: string }) => void): void {
    this.listeners.set(name, listener);
  }

  say(name: string, data: object = {}): void {
    this.listeners.get(name)!({ data: JSON.stringify(data) });
  }

  close(): void {
    this.isOpen = false;
  }
}

let wires: Wire[];
let opened: number;
let answers: boolean;
const changes: string[] = [];
let stop: () => void;

beforeEach(() => {
  vi.useFakeTimers();
  [wires, opened, answers] = [[], 0, true];
  changes.length = 0;
  stop = listenLive({
    opened: () => (opened += 1),
    changed: ({ topics }) => changes.push(...topics),
    lost: () => Promise.resolve(answers),
    source: () => wires[wires.push(new Wire()) - 1]!,
  });
});
afterEach(() => {
  stop();
  vi.useRealTimers();
});

it('tells what changed, and lets queries rest meanwhile', () => {
  expect(unlessLive(1_000)).toBe(1_000);
  wires[0]!.say('ready');
  wires[0]!.say('changed', { topics: ['conflicts', 'errors'], runs: [] });
  wires[0]!.say('changed', { topics: ['of a newer hub'], runs: [] });
  expect([opened, changes, unlessLive(1_000)]).toEqual([1, ['conflicts', 'errors'], 30_000]);
});

it('opens anew when it breaks, until the hub is back, and says so each time', async () => {
  wires[0]!.say('ready');
  answers = false;
  wires[0]!.say('error');
  expect([wires[0]!.isOpen, unlessLive(1_000)]).toEqual([false, 1_000]);
  await vi.advanceTimersByTimeAsync(2_000);
  wires[1]!.say('error');
  await vi.advanceTimersByTimeAsync(2_000);
  wires[2]!.say('ready');
  expect([wires.length, opened]).toEqual([3, 2]);
});

it('asks a hub that answers but streams nothing seldom', async () => {
  wires[0]!.say('error');
  await vi.advanceTimersByTimeAsync(29_999);
  expect(wires).toHaveLength(1);
  await vi.advanceTimersByTimeAsync(1);
  expect(wires).toHaveLength(2);
});

it('takes a wire on which nothing comes any more for broken', async () => {
  wires[0]!.say('ready');
  await vi.advanceTimersByTimeAsync(30_000);
  wires[0]!.say('heartbeat');
  await vi.advanceTimersByTimeAsync(39_999);
  expect(wires[0]!.isOpen).toBe(true);
  await vi.advanceTimersByTimeAsync(2_001);
  expect([wires[0]!.isOpen, wires.length]).toEqual([false, 2]);
});

it('is quiet once it is stopped', async () => {
  wires[0]!.say('ready');
  wires[0]!.say('error');
  stop();
  await vi.advanceTimersByTimeAsync(60_000);
  expect([wires.length, unlessLive(1_000)]).toEqual([1, 1_000]);
});
