import { describe, expect, it } from 'vitest';
import { compileDateFormat, isDateFormat } from './date-format.ts';

/** Short dates as countries write them (Unicode CLDR, short date patterns) and as common systems export them: the day and its round trip. */
const vectors: [country: string, format: string, text: string, day: string][] = [
  ['US', 'MM/dd/yyyy', '02/29/1980', '1980-02-29'],
  ['US', 'M/d/yyyy', '2/9/1980', '1980-02-09'],
  ['US', 'M/d/yy', '2/9/80', '1980-02-09'],
  ['US', 'MM-dd-yyyy', '12-31-1999', '1999-12-31'],
  ['CA', 'yyyy-MM-dd', '1980-02-29', '1980-02-29'],
  ['GB', 'dd/MM/yyyy', '29/02/1980', '1980-02-29'],
  ['GB', 'd/M/yy', '9/2/80', '1980-02-09'],
  ['GB', 'dd-MMM-yyyy', '04-May-1980', '1980-05-04'],
  ['IE', 'dd/MM/yyyy', '17/03/1975', '1975-03-17'],
  ['AU', 'd/M/yyyy', '26/1/1988', '1988-01-26'],
  ['NZ', 'd/MM/yyyy', '6/02/1990', '1990-02-06'],
  ['DE', 'dd.MM.yyyy', '29.02.1980', '1980-02-29'],
  ['DE', 'd.M.yyyy', '9.2.1980', '1980-02-09'],
  ['DE', 'dd.MM.yy', '09.02.80', '1980-02-09'],
  ['AT', 'd. M. yyyy', '9. 2. 1980', '1980-02-09'],
  ['CH', 'dd.MM.yyyy', '01.08.1991', '1991-08-01'],
  ['FR', 'dd/MM/yyyy', '14/07/1989', '1989-07-14'],
  ['FR', 'ddMMyyyy', '14071989', '1989-07-14'],
  ['IT', 'dd/MM/yy', '02/06/46', '1946-06-02'],
  ['ES', 'd/M/yyyy', '6/12/1978', '1978-12-06'],
  ['PT', 'dd-MM-yyyy', '25-04-1974', '1974-04-25'],
  ['NL', 'dd-MM-yyyy', '27-04-1967', '1967-04-27'],
  ['BE', 'd/MM/yyyy', '9/04/1975', '1975-04-09'],
  ['SE', 'yyyyMMdd', '19770430', '1977-04-30'],
  ['SE', 'yyMMdd', '770430', '1977-04-30'],
  ['NO', 'dd.MM.yyyy', '17.05.1914', '1914-05-17'],
  ['DK', 'ddMMyy', '050653', '1953-06-05'],
  ['FI', 'd.M.yyyy', '6.12.1917', '1917-12-06'],
  ['PL', 'd.MM.yyyy', '3.05.1991', '1991-05-03'],
  ['CZ', 'd. M. yyyy', '28. 10. 1918', '1918-10-28'],
  ['HU', 'yyyy. MM. dd', '1956. 10. 23', '1956-10-23'],
  ['RU', 'dd.MM.yyyy', '12.06.1990', '1990-06-12'],
  ['TR', 'd.MM.yyyy', '29.10.1923', '1923-10-29'],
  ['GR', 'd/M/yy', '25/3/71', '1971-03-25'],
  ['BR', 'dd/MM/yyyy', '07/09/1922', '1922-09-07'],
  ['MX', 'dd/MM/yy', '16/09/10', '2010-09-16'],
  ['JP', 'yyyy/MM/dd', '1989/01/08', '1989-01-08'],
  ['CN', 'yyyy/M/d', '1949/10/1', '1949-10-01'],
  ['KR', 'yyyy. M. d', '1948. 8. 15', '1948-08-15'],
  ['IN', 'dd-MM-yyyy', '15-08-1947', '1947-08-15'],
  ['IN', 'dd MMM yyyy', '26 Jan 1950', '1950-01-26'],
  ['ZA', 'yyyy/MM/dd', '1994/04/27', '1994-04-27'],
];

describe('dates as countries write them', () => {
  it.each(vectors)('%s %s: %s is %s', (_, format, text, day) => {
    expect(isDateFormat(format)).toBe(true);
    const { read, write } = compileDateFormat(format, 2026);
    expect([read(text), write(day)]).toEqual([day, text]);
  });

  it('are 40 at least', () => {
    expect(vectors.length).toBeGreaterThanOrEqual(40);
  });
});
