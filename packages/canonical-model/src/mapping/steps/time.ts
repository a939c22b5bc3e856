import { isIsoDate } from '../../customer/calendar.ts';
import { calendarDay, instantOf } from '../../schedule/zoned-time.ts';
import { compileDateFormat } from '../date-format.ts';
import type { StepDocument } from '../document.ts';
import { Failure, losesNothing, losesOnWrite, type Step } from './step.ts';

/** ISO 8601, also with a blank for the T, an offset without its colon, and without seconds: Salesforce, Jira and Postgres write so. */
const instantSyntax =
  /^(\d{4}-\d{2}-\d{2})[T ]([01]\d|2[0-3]):([0-5]\d)(?::([0-5]\d)(?:[.,](\d{1,9}))?)? ?(Z|[+-](?:[01]\d|2[0-3])(?::?[0-5]\d)?)?$/i;

/** A clock time without a zone means another moment in every place. */
export const noZone = new Failure(
  'no-zone',
  'This time names no zone, so nobody knows which moment it is: name the zone of the system in the mapping ("zone": "Europe/Berlin"), or send an offset.',
);
const notAnInstant = new Failure(
  'not-an-instant',
  'This is not an instant such as 2026-03-01T08:15:30.125Z, with Z or an offset.',
);

export function dateStep({ format, latestYear = 0 }: Extract<StepDocument, { step: 'date' }>): Step {
  const { read, write } = compileDateFormat(format, latestYear);
  const failure = new Failure('not-a-date', `This is not a day of the calendar written ${format}.`);
  const otherCentury = new Failure(
    'other-century',
    `Two digits for the year stand for ${latestYear} and the 99 years before.`,
  );
  return {
    takes: 'text',
    gives: 'date',
    loses: losesNothing,
    read: (value) => read(value as string) ?? failure,
    write: (value) => (isIsoDate(value as string) ? (write(value as string) ?? otherCentury) : failure),
  };
}

/** The day that calendars of the zone show at an instant: systems keep a birth date as its midnight. Written, it is that midnight again. */
export function dayStep({ zone: own }: Extract<StepDocument, { step: 'day' }>, mappingZone: string | null): Step {
  const zone = own ?? mappingZone ?? 'UTC';
  return {
    takes: 'instant',
    gives: 'date',
    loses: { onRead: true, onWrite: false },
    read: (value) => new Date(calendarDay(value as number, zone)).toISOString().slice(0, 10),
    write: (value) => instantOf(Date.parse(value as string), 0, zone),
  };
}

/** Native whole seconds since 1970, UTC. */
export function epochSecondsStep(): Step {
  return {
    takes: 'number',
    gives: 'instant',
    loses: losesOnWrite,
    read: (value) => {
      const seconds = value as number;
      return Number.isSafeInteger(seconds * 1000) && Number.isInteger(seconds)
        ? seconds * 1000
        : new Failure('not-epoch-seconds', 'This is not a whole number of seconds since 1970.');
    },
    write: (value) => Math.floor((value as number) / 1000),
  };
}

/** Native ISO 8601 instant with its offset, or by the clocks of the zone that the mapping names. */
export function isoInstantStep(zone: string | null): Step {
  return {
    takes: 'text',
    gives: 'instant',
    loses: losesNothing,
    read: (value) => readInstant(value as string, zone),
    write: (value) => new Date(value as number).toISOString(),
  };
}

function readInstant(text: string, zone: string | null): number | Failure {
  const found = instantSyntax.exec(text);
  if (!found || !isIsoDate(found[1]!)) return notAnInstant;
  const [, date, hours, minutes, seconds = '00', fraction = '', offset] = found;
  const local = Date.parse(`${date}T${hours}:${minutes}:${seconds}.${fraction.slice(0, 3).padEnd(3, '0')}Z`);
  if (offset !== undefined) return local - offsetMs(offset);
  if (zone === null) return noZone;
  const day = Date.parse(date!);
  const minute = Number(hours) * 60 + Number(minutes);
  return instantOf(day, minute, zone) + (local - day - minute * minuteMs);
}

function offsetMs(offset: string): number {
  if (offset.length === 1) return 0;
  const digits = offset.slice(1).replace(':', '').padEnd(4, '0');
  const ahead = (Number(digits.slice(0, 2)) * 60 + Number(digits.slice(2))) * minuteMs;
  return offset.startsWith('-') ? -ahead : ahead;
}

const minuteMs = 60_000;

/** The instant as the canonical customer holds it: ISO text in UTC. */
export function instantTextStep(): Step {
  return {
    takes: 'instant',
    gives: 'text',
    loses: losesNothing,
    read: (value) => {
      const instant = new Date(value as number);
      return Number.isNaN(instant.getTime())
        ? new Failure('not-an-instant', 'No calendar reaches as far as this instant.')
        : instant.toISOString();
    },
    write: (value) => Date.parse(value as string),
  };
}
