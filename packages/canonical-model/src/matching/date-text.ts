const months = 'jan feb mar apr may jun jul aug sep oct nov dec'.split(' ');

/**
 * A birth date as yyyymmdd for comparing alone, however it is written and whether or not there is such a day: a slip of the pen is evidence
 * too. Where month or day are not told they are 01, as those write it who know the year alone. '' where it says no year.
 */
export function dateOf(text: string): string {
  const said = text.trim();
  const parts = /^(\d{4})-(\d{1,2})-(\d{1,2})/.exec(said) ?? /^(\d{4})(\d\d)(\d\d)$/.exec(said);
  if (parts) return inOne(parts[1]!, parts[2]!, parts[3]!);
  const early = /^(\d{4})(?:-(\d{1,2}))?$/.exec(said);
  if (early) return inOne(early[1]!, early[2] ?? '1', '1');
  const late = /^(\d{1,2})([/.-])(\d{1,2})\2(\d{2,4})$/.exec(said);
  if (late) {
    const [, first, sign, second, year] = late as unknown as [string, string, string, string, string];
    const isDayFirst = sign === '.' || Number(first) > 12;
    return isDayFirst ? inOne(inFull(year), second, first) : inOne(inFull(year), first, second);
  }
  return inWords(said.toLowerCase());
}

function inWords(said: string): string {
  const [, day, name, year] = /^(\d{1,2})[. -]+([a-z]{3})[a-z]*[., -]+(\d{2,4})$/.exec(said) ?? swap(said);
  const month = months.indexOf(name ?? '') + 1;
  return month === 0 ? '' : inOne(inFull(year!), String(month), day!);
}

/** `Mar 4, 1971` as `4 Mar 1971`. */
function swap(said: string): (string | undefined)[] {
  const [all, name, day, year] = /^([a-z]{3})[a-z]*[. ]+(\d{1,2}),? +(\d{4})$/.exec(said) ?? [];
  return [all, day, name, year];
}

function inOne(year: string, month: string, day: string): string {
  return year + month.padStart(2, '0') + day.padStart(2, '0');
}

/** Nobody is born in the years to come. */
function inFull(year: string): string {
  if (year.length > 2) return year;
  return Number(year) <= 29 ? `20${year}` : `19${year}`;
}
