import { plausibleYears } from '../limits.ts';
import { Failure } from './steps/step.ts';

/** A day, and the time behind it that most APIs send along. */
const withTime = /^(\d{4}-\d{2}-\d{2})[T ](\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?) ?(Z|[+-]\d{2}(?::?\d{2})?)?$/i;
const midnight = /^00:00(:00(\.0+)?)?$/;

const needsZone = new Failure(
  'day-of-an-instant',
  'This is an instant and not a day, and which day it is depends on the zone: read it by the steps isoInstant and day, which names the zone.',
);

const implausible = new Failure(
  'implausible-day',
  `No customer was born, founded or promised anything before ${plausibleYears.first} or after ${plausibleYears.last}: look at the century.`,
);

/**
 * The day of a text that has a time behind it: 1980-05-04T00:00:00Z and 1980-05-04 13:30 are that day. A time with Z that is no midnight is
 * most often the midnight of another zone, the day before or after, and only the mapping can say which.
 */
export function dayOfText(text: string): string | Failure {
  const day = withoutTime(text);
  if (day instanceof Failure || !/^\d{4}-/.test(day)) return day;
  const year = Number(day.slice(0, 4));
  return year >= plausibleYears.first && year <= plausibleYears.last ? day : implausible;
}

function withoutTime(text: string): string | Failure {
  if (text.length <= 'yyyy-MM-dd'.length) return text;
  const [, day, time, offset] = withTime.exec(text) ?? [];
  if (day === undefined) return text;
  return offset === undefined || midnight.test(time!) ? day : needsZone;
}
