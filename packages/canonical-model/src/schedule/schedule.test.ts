import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { nextDue, weekdays, type Schedule } from './schedule.ts';

const daily = (at: string, zone: string): Schedule => ({ every: 'day', at, zone });
const next = (schedule: Schedule, after: string, since = after) => {
  const due = nextDue(schedule, Date.parse(after), Date.parse(since));
  return due === null ? null : new Date(due).toISOString().replace(':00.000Z', 'Z');
};

describe('when a run is due next', () => {
  it.each<[string, Schedule, string, string | null]>([
    ['never', { every: 'never' }, '2026-03-01T00:00Z', null],
    ['later that day', daily('02:30', 'UTC'), '2026-03-01T00:00Z', '2026-03-01T02:30Z'],
    ['not at the very instant again', daily('02:30', 'UTC'), '2026-03-01T02:30Z', '2026-03-02T02:30Z'],
    ['by the clocks of the zone', daily('02:30', 'Asia/Tokyo'), '2026-03-01T00:00Z', '2026-03-01T17:30Z'],
    ['before clocks go forward', daily('02:30', 'Europe/Berlin'), '2026-03-27T12:00Z', '2026-03-28T01:30Z'],
    ['as much later when clocks skip it', daily('02:30', 'Europe/Berlin'), '2026-03-28T12:00Z', '2026-03-29T01:30Z'],
    ['the day after they did', daily('02:30', 'Europe/Berlin'), '2026-03-29T02:00Z', '2026-03-30T00:30Z'],
    ['at the first of two', daily('02:30', 'Europe/Berlin'), '2026-10-24T12:00Z', '2026-10-25T00:30Z'],
    ['not at the second too', daily('02:30', 'Europe/Berlin'), '2026-10-25T00:30Z', '2026-10-26T01:30Z'],
    ['across the ocean', daily('02:30', 'America/New_York'), '2026-03-08T06:00Z', '2026-03-08T07:30Z'],
    ['by half an hour', daily('02:15', 'Australia/Lord_Howe'), '2026-10-03T12:00Z', '2026-10-03T15:45Z'],
    ['after a day that a country left out', daily('12:00', 'Pacific/Apia'), '2011-12-29T23:00Z', '2011-12-30T22:00Z'],
    [
      'on its day of the week',
      { every: 'week', day: 'monday', at: '06:00', zone: 'America/New_York' },
      '2026-11-25T00:00Z',
      '2026-11-30T11:00Z',
    ],
    [
      'in a week',
      { every: 'week', day: 'monday', at: '06:00', zone: 'America/New_York' },
      '2026-11-30T11:00Z',
      '2026-12-07T11:00Z',
    ],
  ])('%s', (_, schedule, after, due) => {
    expect(next(schedule, after)).toBe(due);
  });

  it('counts hours from when the schedule was set, and after a pause makes up for none', () => {
    const schedule: Schedule = { every: 'hours', hours: 6 };
    const set = '2026-03-01T01:20Z';
    expect(next(schedule, set, set)).toBe('2026-03-01T07:20Z');
    expect(next(schedule, '2026-03-01T07:20Z', set)).toBe('2026-03-01T13:20Z');
    expect(next(schedule, '2026-03-03T00:00Z', set)).toBe('2026-03-03T01:20Z');
  });
});

const minutes = (clock: string) => {
  const [hour, minute] = clock.split(':').map(Number) as [number, number];
  return hour * 60 + minute;
};

describe('a schedule in any zone, over the days on which its clocks change', () => {
  const zones = [
    'UTC',
    'Europe/Berlin',
    'America/New_York',
    'Australia/Lord_Howe',
    'Africa/Casablanca',
    'Asia/Kolkata',
  ];
  const time = fc.tuple(fc.integer({ min: 0, max: 23 }), fc.integer({ min: 0, max: 59 })).map(([hour, minute]) => {
    return `${String(hour).padStart(2, '0')}:${String(minute).padStart(2, '0')}`;
  });
  const instant = fc.integer({ min: Date.UTC(2020, 0), max: Date.UTC(2035, 0) });
  const hourMs = 3_600_000;
  const shown = (due: number, zone: string) =>
    new Intl.DateTimeFormat('en-CA', {
      timeZone: zone,
      dateStyle: 'short',
      timeStyle: 'short',
      hourCycle: 'h23',
    }).format(due);

  it('is due once on each day, in order, at its time but for the hour that clocks skip', () => {
    fc.assert(
      fc.property(fc.constantFrom(...zones), time, instant, (zone, at, start) => {
        const schedule = daily(at, zone);
        let after = start;
        const days: string[] = [];
        for (let turn = 0; turn < 20; turn += 1) {
          const due = nextDue(schedule, after, start)!;
          expect(due).toBeGreaterThan(after);
          if (turn > 0) expect(Math.abs(due - after - 24 * hourMs)).toBeLessThanOrEqual(hourMs);
          const [day, clock] = shown(due, zone).split(', ') as [string, string];
          const late = minutes(clock) - minutes(at);
          expect([0, 30, 60]).toContain(late);
          days.push(day);
          after = due;
        }
        expect(new Set(days).size).toBe(days.length);
      }),
      { numRuns: 200 },
    );
  });

  it('answers the same due instant to everybody who asks before it', () => {
    const schedules = fc.oneof(
      fc.record({ every: fc.constant('day' as const), at: time, zone: fc.constantFrom(...zones) }),
      fc.record({
        every: fc.constant('week' as const),
        day: fc.constantFrom(...weekdays),
        at: time,
        zone: fc.constantFrom(...zones),
      }),
      fc.record({ every: fc.constant('hours' as const), hours: fc.integer({ min: 1, max: 168 }) }),
    );
    fc.assert(
      fc.property(schedules, instant, fc.double({ min: 0, max: 1, noNaN: true }), (schedule, after, part) => {
        const due = nextDue(schedule, after, after)!;
        const between = Math.min(due - 1, after + Math.floor(part * (due - after)));
        expect(nextDue(schedule, between, after)).toBe(due);
        expect(due - after).toBeLessThanOrEqual(8 * 24 * hourMs);
      }),
      { numRuns: 500 },
    );
  });
});
