import { describe, expect, it } from 'vitest';
import { canBeCancelled, progressOf, stepsOf } from './run-progress.ts';
import { isUnderWay } from '../../components/runs/under-way.ts';

const statesAt = (phase: Parameters<typeof stepsOf>[0]['phase']) => stepsOf({ phase }).map(({ state }) => state);

describe('the steps of a run', () => {
  it('stands at Plan while the plan waits for a person', () => {
    expect(statesAt('planned')).toEqual(['done', 'current', 'to-come', 'to-come', 'to-come']);
  });

  it('has every step behind it once closed', () => {
    expect(statesAt('closed')).toEqual(['done', 'done', 'done', 'done', 'done']);
  });

  it.each(['failed', 'cancelled', 'standing'] as const)('claims no step for a %s run', (phase) => {
    expect(statesAt(phase)).toEqual([]);
  });
});

describe('a run', () => {
  it('is not under way while it waits for a person, but can be cancelled', () => {
    expect([isUnderWay({ phase: 'planned' }), canBeCancelled({ phase: 'planned' })]).toEqual([false, true]);
  });

  it.each(['closed', 'failed', 'cancelled', 'standing'] as const)('cannot be cancelled when %s', (phase) => {
    expect(canBeCancelled({ phase })).toBe(false);
  });

  it('counts parked and failed changes as settled, so that the bar reaches its end', () => {
    const counts = {
      listed: 9,
      heard: 0,
      drifted: 0,
      compared: 8,
      same: 4,
      create: 3,
      change: 4,
      missing: 1,
      surplus: 0,
      withheld: 0,
      doubled: 0,
      held: 0,
      changedSince: 0,
      waiting: 2,
      inexpressible: 1,
      notCompared: 1,
      applied: 3,
      parked: 1,
      failed: 1,
      overtaken: 1,
      withdrawn: 1,
    };
    expect(progressOf({ counts })).toEqual({ changes: 7, settled: 7 });
  });
});
