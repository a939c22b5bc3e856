import { calendarDay, dayAfter, instantOf, weekdayOf } from './zoned-time.ts';

/** As `Date` numbers them. */
export const weekdays = ['sunday', 'monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday'] as const;

/** When a system is refreshed without anybody asking. `at` is the time that clocks of the zone show, `HH:MM`. */
export type Schedule =
  | { every: 'never' }
  | { every: 'hours'; hours: number }
  | { every: 'day'; at: string; zone: string }
  | { every: 'week'; day: (typeof weekdays)[number]; at: string; zone: string };

const hourMs = 3_600_000;

/**
 * The first instant after `after` at which a run is due; null when none ever is. Every so many hours count from `since`, when the schedule
 * was set. A time that the clocks skip or show twice on a day is due once on that day.
 */
export function nextDue(schedule: Schedule, after: number, since: number): number | null {
  switch (schedule.every) {
    case 'never':
      return null;
    case 'hours': {
      const everyMs = schedule.hours * hourMs;
      return since + (Math.max(0, Math.floor((after - since) / everyMs)) + 1) * everyMs;
    }
    case 'day':
      return firstOn(() => true, schedule, after);
    case 'week':
      return firstOn((weekday) => weekdays[weekday] === schedule.day, schedule, after);
  }
}

function firstOn(
  isDay: (weekday: number) => boolean,
  { at, zone }: { at: string; zone: string },
  after: number,
): number {
  const [hour, minute] = at.split(':').map(Number) as [number, number];
  // Where clocks skip the time, or a whole day, the instant may lie on the next day: the day before is looked at too.
  for (let day = dayAfter(calendarDay(after, zone), -1); ; day = dayAfter(day, 1)) {
    if (!isDay(weekdayOf(day))) continue;
    const due = instantOf(day, hour * 60 + minute, zone);
    if (due > after) return due;
  }
}
