import type { System } from '@cinch/api-contract';
import { describe, expect, it } from 'vitest';
import { stepsOf } from './next-steps.ts';

const aSystem = (about: Partial<System>): System =>
  ({
    code: 'shop',
    name: 'Shop',
    mappingVersion: null,
    outbound: 'off',
    lane: 'off',
    laneBraked: null,
    laneWaits: null,
    schedule: { every: 'never', applies: false },
    inbound: 'on',
    scope: { create: 'nobody', keep: 'everybody' },
    adapterUrl: 'http://127.0.0.1:1/',
    keys: 0,
    records: 0,
    waiting: 0,
    lastRun: null,
    ...about,
  }) as System;

const open = (about: Partial<System>) =>
  stepsOf(aSystem(about))
    .filter(({ done }) => !done)
    .map(({ title }) => title);

describe('what leads a system to its first refresh', () => {
  it('names every step to a system that was just registered', () => {
    expect(open({})).toEqual(['Make a key', 'Publish a mapping', 'Push its records', 'Plan a refresh', 'Arm it']);
  });

  it('asks no refresh of a system that only pushes', () => {
    expect(open({ adapterUrl: null })).toEqual(['Make a key', 'Publish a mapping', 'Push its records']);
  });

  it('leaves nothing to do for one that is armed', () => {
    expect(open({ keys: 1, mappingVersion: 1, records: 9, outbound: 'armed' })).toEqual([]);
  });
});
