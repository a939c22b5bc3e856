import { passwordTurns } from '@cinch/api-contract';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { PasswordTurns } from './password-turns.ts';

describe('whose password is looked at next', () => {
  let turns: PasswordTurns;
  /** What was looked at, in order. */
  let looked: string[];
  beforeEach(() => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'performance', 'Date'] });
    turns = new PasswordTurns();
    looked = [];
  });
  afterEach(() => void vi.useRealTimers());

  const tried = (
    lane: string,
    { account = 'jo', isKnown = false, isGone = (): boolean => false, isGood = false } = {},
  ) => {
    const work = () => new Promise<boolean>((resolve) => setTimeout(() => resolve(isGood), 50));
    return turns
      .take({ lane, account, isKnown, isGone }, () => (looked.push(`${lane} ${account}`), work()), Boolean)
      .catch((error: { code: string }) => error.code);
  };
  const flood = (lane: string, n: number, account?: string) =>
    Array.from({ length: n }, () => tried(lane, account === undefined ? {} : { account }));

  it('lets another address in after one look, and a known browser too, while one address floods the account', async () => {
    const guesses = flood('attacker', 40);
    const [other, browser] = [tried('elsewhere', { isGood: true }), tried('browser', { isKnown: true, isGood: true })];
    await vi.advanceTimersByTimeAsync(160);
    expect(looked.slice(0, 3)).toEqual(['attacker jo', 'browser jo', 'elsewhere jo']);
    expect([await other, await browser]).toEqual([true, true]);
    await vi.advanceTimersByTimeAsync(60_000);
    const ends = await Promise.all(guesses);
    expect(ends.filter((end) => end === 'too-many-attempts')).toHaveLength(40 - 1 - passwordTurns.waitingEach);
  });

  it('looks at few passwords a second of one address, however many it sends', async () => {
    for (let tenth = 0; tenth < 600; tenth += 1) {
      void flood('attacker', 4);
      await vi.advanceTimersByTimeAsync(100);
    }
    expect(looked.length).toBeLessThanOrEqual(passwordTurns.burst + 60 * passwordTurns.perSecond);
    expect(looked.length).toBeGreaterThan(60 * passwordTurns.perSecond - passwordTurns.burst);
  });

  it('gives each account of a shared address its turn', async () => {
    for (let tenth = 0; tenth < 100; tenth += 1) {
      void flood('office', 4, 'attacked');
      await vi.advanceTimersByTimeAsync(100);
    }
    const mine = tried('office', { account: 'mine', isGood: true });
    void flood('office', 4, 'attacked');
    await vi.advanceTimersByTimeAsync(1_000);
    expect(await mine).toBe(true);
  });

  it('keeps work and memory bounded under a flood from everywhere, and known browsers unhindered', async () => {
    const guesses = Array.from({ length: 5_000 }, (_, n) => tried(`address ${n}`));
    const owner = tried('browser', { isKnown: true, isGood: true });
    expect(turns.size).toBeLessThanOrEqual(5_001);
    await vi.advanceTimersByTimeAsync(110);
    expect(await owner).toBe(true);
    await vi.advanceTimersByTimeAsync(60_000);
    const ends = await Promise.all(guesses);
    expect(ends.filter((end) => end === false)).toHaveLength(passwordTurns.waiting + passwordTurns.atOnce - 1);
    expect(turns.size, 'nothing is kept of who has gone').toBe(0);
  });

  it('does not look at the password of a caller that has gone, nor counts a success against its lane', async () => {
    void tried('a');
    const gone = tried('b', { isGone: () => true });
    for (let n = 0; n < 3 * passwordTurns.burst; n += 1) {
      const good = tried('c', { isGood: true });
      await vi.advanceTimersByTimeAsync(101);
      expect(await good).toBe(true);
    }
    expect(await gone).toBe('too-many-attempts');
    expect(looked).not.toContain('b jo');
  });
});
