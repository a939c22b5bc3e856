import { isCalendarDay } from '../customer/calendar.ts';

const tokens = /yyyy|yy|MMM|MM|M|dd|d/g;
const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];
const digitsOf: Readonly<Record<string, string>> = {
  yyyy: '(?<year>\\d{4})',
  yy: '(?<year>\\d{2})',
  MMM: '(?<month>[A-Za-z]{3})',
  MM: '(?<month>\\d{2})',
  M: '(?<month>\\d{1,2})',
  dd: '(?<day>\\d{2})',
  d: '(?<day>\\d{1,2})',
};

/** Whether year, month and day each stand in it once, and none of one or two digits beside another, so that each ends somewhere. */
export function isDateFormat(format: string): boolean {
  const found = [...format.matchAll(tokens)].map(([token]) => token);
  const isWhole =
    found
      .map((token) => token[0]!)
      .sort()
      .join('') === 'Mdy';
  const outline = format.replace(tokens, (token) => (token.length === 1 ? 's' : 'f'));
  return isWhole && /^[sf]([-/. ]*[sf]){2}$/.test(outline) && !/s[sf]|fs/.test(outline);
}

/** Whether the format leaves open which century is meant. */
export function isCenturyOpen(format: string): boolean {
  return format.includes('yy') && !format.includes('yyyy');
}

interface DateFormat {
  /** The day as yyyy-MM-dd; null where the text is no day of the calendar in this format. */
  read(text: string): string | null;
  /** Null where two digits of a year would mean another one. */
  write(isoDate: string): string | null;
}

/** @param latestYear the latest year that two digits stand for */
export function compileDateFormat(format: string, latestYear: number): DateFormat {
  const syntax = new RegExp(`^${format.replace(/[.]/g, '\\.').replace(tokens, (token) => digitsOf[token]!)}$`);
  const isOpen = isCenturyOpen(format);
  return {
    read: (text) => {
      const found = syntax.exec(text)?.groups as { year: string; month: string; day: string } | undefined;
      if (!found) return null;
      const year = isOpen ? yearOf(Number(found.year), latestYear) : Number(found.year);
      const month = monthOf(found.month);
      const day = Number(found.day);
      return isCalendarDay(year, month, day) ? [digits(year, 4), digits(month, 2), digits(day, 2)].join('-') : null;
    },
    write: (isoDate) => {
      const [year = 0, month = 0, day = 0] = isoDate.split('-').map(Number);
      if (isOpen && yearOf(year % 100, latestYear) !== year) return null;
      const written: Record<string, string> = {
        yyyy: digits(year, 4),
        yy: digits(year % 100, 2),
        MMM: months[month - 1]!,
        MM: digits(month, 2),
        M: String(month),
        dd: digits(day, 2),
        d: String(day),
      };
      return format.replace(tokens, (token) => written[token]!);
    },
  };
}

function yearOf(twoDigits: number, latestYear: number): number {
  return latestYear - ((((latestYear - twoDigits) % 100) + 100) % 100);
}

/** 0, which no calendar has, for what is none. */
function monthOf(text: string): number {
  if (/^\d/.test(text)) return Number(text);
  return months.findIndex((month) => month.toLowerCase() === text.toLowerCase()) + 1;
}

function digits(number: number, length: number): string {
  return String(number).padStart(length, '0');
}
