import { weekdays, type SystemSchedule } from '@cinch/api-contract';
import { sentenceCase } from '../../texts.ts';

export const scheduleChoices: { value: SystemSchedule['every']; label: string }[] = [
  { value: 'never', label: 'Only when an admin starts it' },
  { value: 'day', label: 'Every day' },
  { value: 'week', label: 'Every week' },
  { value: 'hours', label: 'Every few hours' },
];

export const weekdayChoices = weekdays.map((value) => ({ value, label: sentenceCase(value) }));

/** All that the form holds, whatever is chosen of it. */
export interface ScheduleFields {
  every: SystemSchedule['every'];
  day: (typeof weekdays)[number];
  at: string;
  zone: string;
  hours: string;
  applies: boolean;
}

export function scheduleFieldsOf(schedule: SystemSchedule, ownZone: string): ScheduleFields {
  return {
    every: schedule.every,
    day: schedule.every === 'week' ? schedule.day : 'monday',
    at: 'at' in schedule ? schedule.at : '02:00',
    zone: 'zone' in schedule ? schedule.zone : ownZone,
    hours: schedule.every === 'hours' ? String(schedule.hours) : '6',
    applies: schedule.applies,
  };
}

export function scheduleOf({ every, day, at, zone, hours, applies }: ScheduleFields): SystemSchedule {
  switch (every) {
    case 'never':
      return { every, applies: false };
    case 'hours':
      return { every, hours: Number(hours), applies };
    case 'day':
      return { every, at, zone, applies };
    case 'week':
      return { every, day, at, zone, applies };
  }
}

export function scheduleInWords(schedule: SystemSchedule): string {
  switch (schedule.every) {
    case 'never':
      return 'Only when an admin starts it';
    case 'hours':
      return schedule.hours === 1 ? 'Every hour' : `Every ${schedule.hours} hours`;
    case 'day':
      return `Every day at ${schedule.at} (${schedule.zone})`;
    case 'week':
      return `Every ${sentenceCase(schedule.day)} at ${schedule.at} (${schedule.zone})`;
  }
}

/** Zones by their names, the reader's own first. */
export function zoneChoices(ownZone: string): string[] {
  return [...new Set([ownZone, 'UTC', ...Intl.supportedValuesOf('timeZone')])];
}
