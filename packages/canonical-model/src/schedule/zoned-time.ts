const minuteMs = 60_000;
const dayMs = 24 * 60 * minuteMs;
const formats = new Map<string, Intl.DateTimeFormat>();

/** A day of the calendar, as milliseconds of its midnight in UTC. */
export type CalendarDay = number;

/** The day that the calendar shows in the zone at the instant. */
export function calendarDay(instant: number, zone: string): CalendarDay {
  const local = instant + offsetAt(instant, zone);
  return local - mod(local, dayMs);
}

export function dayAfter(day: CalendarDay, days: number): CalendarDay {
  return day + days * dayMs;
}

/** From 0, Sunday. */
export function weekdayOf(day: CalendarDay): number {
  return new Date(day).getUTCDay();
}

/**
 * The instant at which the clocks of the zone show this time on that day. One that they show twice is the first of the two; one that they
 * skip is as much later as they are set forward. So there is exactly one a day.
 * @param minutes after midnight, as clocks show them
 */
export function instantOf(day: CalendarDay, minutes: number, zone: string): number {
  const local = day + minutes * minuteMs;
  const before = local - offsetAt(local - dayMs, zone);
  const after = local - offsetAt(local + dayMs, zone);
  const shown = [before, after].filter((instant) => instant + offsetAt(instant, zone) === local);
  return shown.length > 0 ? Math.min(...shown) : before;
}

/** Whether clocks can be asked what they show there. */
export function isZone(zone: string): boolean {
  try {
    return formatFor(zone) !== undefined;
  } catch {
    return false;
  }
}

/** Clocks are set at quarters of an hour, so that one answer holds for all of it. Bounded: rows may tell of any time. */
const offsets = new Map<string, number>();
const mostOffsets = 50_000;
const quarterMs = 15 * minuteMs;

/** How far the clocks of the zone are ahead of UTC, in milliseconds. */
function offsetAt(instant: number, zone: string): number {
  const quarter = `${zone} ${Math.floor(instant / quarterMs)}`;
  const known = offsets.get(quarter);
  if (known !== undefined) return known;
  if (offsets.size >= mostOffsets) offsets.clear();
  // Always asked of its beginning, so that the answer does not depend on who asked first.
  const offset = askedOffset(Math.floor(instant / quarterMs) * quarterMs, zone);
  offsets.set(quarter, offset);
  return offset;
}

function askedOffset(instant: number, zone: string): number {
  const second = instant - mod(instant, 1000);
  const parts = Object.fromEntries(
    formatFor(zone)
      .formatToParts(second)
      .map(({ type, value }) => [type, Number(value)]),
  ) as Record<'year' | 'month' | 'day' | 'hour' | 'minute' | 'second', number>;
  const { year, month, day, hour, minute } = parts;
  return Date.UTC(year, month - 1, day, hour, minute, parts.second) - second;
}

/** Making one takes longer than a thousand uses of it. */
function formatFor(zone: string): Intl.DateTimeFormat {
  const known = formats.get(zone);
  if (known) return known;
  const made = new Intl.DateTimeFormat('en-US', {
    timeZone: zone,
    hourCycle: 'h23',
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
    second: 'numeric',
  });
  formats.set(zone, made);
  return made;
}

function mod(value: number, by: number): number {
  return ((value % by) + by) % by;
}
