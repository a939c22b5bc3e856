import { isCalendarDay, isIsoDate } from '../../customer/calendar.ts';
import type { StepDocument } from '../document.ts';
import { Failure, losesNothing, losesOnWrite, type Step } from './step.ts';

const isoInstantSyntax =
  /^\d{4}-\d{2}-\d{2}T([01]\d|2[0-3]):[0-5]\d:[0-5]\d(\.\d{1,9})?(Z|[+-]([01]\d|2[0-3]):[0-5]\d)$/;

export function dateStep({ format }: Extract<StepDocument, { step: 'date' }>): Step {
  const at = { year: format.indexOf('yyyy'), month: format.indexOf('MM'), day: format.indexOf('dd') };
  const syntax = new RegExp(`^${format.replace(/\./g, '\\.').replace(/[yMd]/g, '\\d')}$`);
  const failure = new Failure('not-a-date', `This is not a day of the calendar written ${format}.`);
  return {
    takes: 'text',
    gives: 'date',
    loses: losesNothing,
    read: (value) => {
      const text = value as string;
      if (!syntax.test(text)) return failure;
      const [year, month, day] = [
        text.slice(at.year, at.year + 4),
        text.slice(at.month, at.month + 2),
        text.slice(at.day, at.day + 2),
      ];
      return isCalendarDay(Number(year), Number(month), Number(day)) ? `${year}-${month}-${day}` : failure;
    },
    write: (value) => {
      const text = value as string;
      if (!isIsoDate(text)) return failure;
      return format.replace('yyyy', text.slice(0, 4)).replace('MM', text.slice(5, 7)).replace('dd', text.slice(8, 10));
    },
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

/** Native ISO 8601 instant with its offset. An instant without one means another moment in every place, so it is refused. */
export function isoInstantStep(): Step {
  return {
    takes: 'text',
    gives: 'instant',
    loses: losesNothing,
    read: (value) => {
      const text = value as string;
      const instant = isoInstantSyntax.test(text) && isIsoDate(text.slice(0, 10)) ? Date.parse(text) : Number.NaN;
      return Number.isNaN(instant)
        ? new Failure('not-an-instant', 'This is not an instant such as 2026-03-01T08:15:30.125Z, with Z or an offset.')
        : instant;
    },
    write: (value) => new Date(value as number).toISOString(),
  };
}

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
