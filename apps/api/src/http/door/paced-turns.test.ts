import type { Socket } from 'node:net';
import { refusalPaces, strangerPaces } from '@cinch/api-contract';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { Clock } from '../../platform/clock.ts';
import { RefusalTurns, StrangerTurns } from './paced-turns.ts';

const aSocket = () => ({ destroyed: false }) as unknown as Socket & { destroyed: boolean };

describe('turns that are paced', () => {
  beforeEach(() => void vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'performance'] }));
  afterEach(() => void vi.useRealTimers());

  /** So many come at once from there, each on a connection of its own; how many of them have gone on. */
  function come(turns: StrangerTurns, from: string, count: number) {
    const gone = { on: 0 };
    for (let n = 0; n < count; n += 1) turns.take(from, aSocket(), () => (gone.on += 1));
    return gone;
  }
  const { each, all } = strangerPaces;

  it.each([
    ['strangers', () => new StrangerTurns(new Clock()), strangerPaces],
    ['refusals', () => new RefusalTurns(new Clock()), refusalPaces],
  ] as const)('lets %s go on at once, and then so many a second', (_, make, paces) => {
    const flood = come(make(), 'here', paces.each.burst + 10 * paces.each.perSecond);
    expect(flood.on).toBe(paces.each.burst);
    vi.advanceTimersByTime(1_000);
    expect(flood.on).toBeGreaterThan(paces.each.burst + 0.8 * paces.each.perSecond);
    expect(flood.on).toBeLessThanOrEqual(paces.each.burst + paces.each.perSecond);
  });

  it('a flood from one place keeps nobody waiting who comes from another', () => {
    const turns = new StrangerTurns(new Clock());
    come(turns, 'flood', each.burst + 500);
    expect(come(turns, 'elsewhere', 1).on).toBe(1);
  });

  it('floods from everywhere share what there is, and whoever comes next has a turn among them', () => {
    const turns = new StrangerTurns(new Clock());
    for (let n = 0; n < 10; n += 1) come(turns, `flood ${n}`, each.burst);
    const last = come(turns, 'last', 1);
    expect(last.on).toBe(0);
    vi.advanceTimersByTime(100);
    expect(last.on).toBe(1);
  });

  it('whoever waits has a turn within the time that all connections of an address take', () => {
    const turns = new StrangerTurns(new Clock());
    come(turns, 'here', each.burst + 499);
    const last = come(turns, 'here', 1);
    vi.advanceTimersByTime(2_200);
    expect(last.on).toBe(1);
  });

  it('of one connection one waits: there are never more than connections', () => {
    const turns = new StrangerTurns(new Clock());
    come(turns, 'here', each.burst);
    const socket = aSocket();
    expect(turns.take('here', socket, () => undefined)).toBe(true);
    expect(turns.take('here', socket, () => undefined)).toBe(false);
    vi.advanceTimersByTime(100);
    expect(turns.take('here', socket, () => undefined)).toBe(true);
  });

  it('whoever has gone takes no turn', () => {
    const turns = new StrangerTurns(new Clock());
    come(turns, 'here', each.burst);
    const gone = Array.from({ length: 400 }, () => aSocket());
    for (const socket of gone) turns.take('here', socket, () => expect.unreachable());
    const last = come(turns, 'here', 1);
    for (const socket of gone) socket.destroyed = true;
    vi.advanceTimersByTime(20);
    expect(last.on).toBe(1);
  });

  it('has its whole pace again after a while, and no more than that', () => {
    const turns = new StrangerTurns(new Clock());
    come(turns, 'here', each.burst);
    vi.advanceTimersByTime(600_000);
    expect(come(turns, 'here', all.burst + 1).on).toBe(each.burst);
  });
});
