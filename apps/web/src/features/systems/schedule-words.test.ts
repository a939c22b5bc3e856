import type { SystemSchedule } from '@cinch/api-contract';
import { describe, expect, it } from 'vitest';
import { scheduleFieldsOf, scheduleInWords, scheduleOf, zoneChoices } from './schedule-words.ts';

describe('a schedule in words and fields', () => {
  it.each<[SystemSchedule, string]>([
    [{ every: 'never', applies: false }, 'Only when an admin starts it'],
    [{ every: 'hours', hours: 1, applies: true }, 'Every hour'],
    [{ every: 'hours', hours: 12, applies: false }, 'Every 12 hours'],
    [{ every: 'day', at: '02:30', zone: 'Europe/Berlin', applies: true }, 'Every day at 02:30 (Europe/Berlin)'],
    [{ every: 'week', day: 'monday', at: '06:00', zone: 'UTC', applies: false }, 'Every Monday at 06:00 (UTC)'],
  ])('%j reads “%s”, and comes back from the form as it was', (schedule, words) => {
    expect(scheduleInWords(schedule)).toBe(words);
    expect(scheduleOf(scheduleFieldsOf(schedule, 'UTC'))).toEqual(schedule);
  });

  it('offers the reader’s own zone first, each once', () => {
    const zones = zoneChoices('Europe/Berlin');
    expect(zones[0]).toBe('Europe/Berlin');
    expect(new Set(zones).size).toBe(zones.length);
  });
});
