import { arms } from './arms/arms.ts';
import type { ArmSummary, Band } from './summary.ts';
import { readings } from './truth.ts';

/** A table as text cells, the heads first: what is printed, written as CSV and shown is one and the same. */
export type Table = readonly (readonly string[])[];

export interface ScenarioSummary {
  scenario: string;
  arms: readonly ArmSummary[];
}

const percent = (share: number) => (100 * share).toFixed(3);
const whole = (figure: number) => String(Math.round(figure));

function inBand({ mean, low, high }: Band, text: (figure: number) => string): [string, string, string] {
  return [text(mean), text(low), text(high)];
}

const banded = (name: string) => [name, `${name} low`, `${name} high`];

/** One line for each scenario and arm, each figure with its band over the seeds. Drift is in percent of all cells. */
export function figuresTable(all: readonly ScenarioSummary[]): Table {
  const head = [
    'scenario',
    'arm',
    'seeds',
    ...banded('drift at the end %'),
    ...banded('drift mean %'),
    ...banded('drift worst %'),
    ...banded('untold mean %'),
    'worst after a refresh %',
    'untold after a refresh %',
    'stale days',
    ...banded('lost updates'),
    'first system open %',
    'second system open %',
    'messages',
    'bytes',
    'rows written',
    'acts',
    ...readings.slice(1).map((reading) => `end by “${reading}” %`),
  ];
  const lines = all.flatMap(({ scenario, arms: played }) =>
    played.map((one) => [
      scenario,
      one.arm,
      String(one.seeds),
      ...inBand(one.end, percent),
      ...inBand(one.mean, percent),
      ...inBand(one.worst, percent),
      ...inBand(one.untold, percent),
      one.afterRefresh ? percent(one.afterRefresh.high) : '',
      one.untoldAfterRefresh ? percent(one.untoldAfterRefresh.high) : '',
      one.staleDays.mean.toFixed(2),
      ...inBand(one.lost, (figure) => figure.toFixed(1)),
      percent(one.open[0].mean),
      percent(one.open[1].mean),
      whole(one.messages.mean),
      whole(one.bytes.mean),
      whole(one.rows.mean),
      whole(one.acts.mean),
      ...readings.slice(1).map((reading) => (one.contested[reading] ? percent(one.contested[reading].mean) : '')),
    ]),
  );
  return [head, ...lines];
}

export function daysTable(all: readonly ScenarioSummary[]): Table {
  const lines = all.flatMap(({ scenario, arms: played }) =>
    played.flatMap((one) =>
      one.byDay.map(({ day, drift, untold, isOpen }) => [
        scenario,
        one.arm,
        String(day),
        ...inBand(drift, percent),
        percent(untold),
        isOpen ? 'yes' : 'no',
      ]),
    ),
  );
  return [['scenario', 'arm', 'day', ...banded('drift %'), 'untold %', 'all open'], ...lines];
}

export function attributesTable(all: readonly ScenarioSummary[]): Table {
  const cell = (share: number | null) => (share === null ? '' : percent(share));
  const lines = all.flatMap(({ scenario, arms: played }) =>
    played.flatMap((one) =>
      Object.entries(one.byAttribute).map(([id, [first, second]]) => [
        scenario,
        one.arm,
        id,
        cell(first),
        cell(second),
      ]),
    ),
  );
  return [['scenario', 'arm', 'attribute', 'first system %', 'second system %'], ...lines];
}

export function csvOf(table: Table): string {
  const quoted = (cell: string) => (/[",\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell);
  return table.map((line) => `${line.map(quoted).join(',')}\n`).join('');
}

/** A few columns on a screen of text. */
export function printed(all: readonly ScenarioSummary[]): string {
  const lines = all.flatMap(({ scenario, arms: played }) => [
    '',
    scenario,
    row('', 'end %', 'mean %', 'worst %', 'untold %', 'after refresh %', 'lost', 'open %', 'MB', 'rows', 'acts'),
    ...played.map((one) =>
      row(
        arms[one.arm].label,
        percent(one.end.mean),
        percent(one.mean.mean),
        percent(one.worst.mean),
        percent(one.untold.mean),
        one.afterRefresh ? percent(one.afterRefresh.high) : '',
        one.lost.mean.toFixed(1),
        percent((one.open[0].mean + one.open[1].mean) / 2).slice(0, -2),
        (one.bytes.mean / 1e6).toFixed(1),
        whole(one.rows.mean),
        whole(one.acts.mean),
      ),
    ),
  ]);
  return lines.join('\n');
}

function row(name: string, ...cells: string[]): string {
  return name.padEnd(24) + cells.map((cell, index) => cell.padStart(index === 4 ? 17 : 10)).join('');
}
