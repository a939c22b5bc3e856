import type { ReactNode } from 'react';
import classes from './charts.module.css';
import { toneColour, type Tone } from './tones.ts';

export interface Bar {
  key: string;
  /** What the bar is of; a link to its list. */
  label: ReactNode;
  /** Below the label: what the figure alone does not say. */
  note?: ReactNode;
  parts: readonly { name: string; value: number; tone: Tone }[];
}

interface Props {
  label: string;
  bars: readonly Bar[];
  /** What the figure of a bar reads as. */
  asText?: (sum: number) => string;
}

const inFigures = (sum: number) => sum.toLocaleString('en');

/** Bars of one scale below each other, each with its figure. What the parts are stands in the table twin and in the legend. */
export function BarList({ label, bars, asText = inFigures }: Props) {
  const greatest = Math.max(1, ...bars.map(sumOf));
  const names = [
    ...new Map(bars.flatMap(({ parts }) => parts.filter(({ value }) => value > 0)).map((p) => [p.name, p.tone])),
  ];
  return (
    <>
      <ul className={classes.bars} aria-label={label}>
        {bars.map((bar) => (
          <li key={bar.key}>
            <span className={classes.barLabel}>{bar.label}</span>
            <svg className={classes.bar} viewBox="0 0 100 10" preserveAspectRatio="none" aria-hidden>
              <rect width="100" height="10" fill="var(--cinch-hover)" />
              {placed(bar, greatest).map(({ name, x, width, tone }) => (
                <rect key={name} x={x} width={width} height="10" fill={toneColour[tone]} />
              ))}
            </svg>
            <span className={classes.barFigure}>{asText(sumOf(bar))}</span>
            {bar.note && <span className={classes.barNote}>{bar.note}</span>}
          </li>
        ))}
      </ul>
      {names.length > 1 && <Legend names={names} />}
    </>
  );
}

export function Legend({ names }: { names: readonly (readonly [name: string, tone: Tone])[] }) {
  return (
    <ul className={classes.legend} aria-label="Colours">
      {names.map(([name, tone]) => (
        <li key={name}>
          <svg width="10" height="10" aria-hidden>
            <rect width="10" height="10" rx="2" fill={toneColour[tone]} />
          </svg>
          {name}
        </li>
      ))}
    </ul>
  );
}

function sumOf({ parts }: Bar): number {
  return parts.reduce((sum, { value }) => sum + value, 0);
}

function placed({ parts }: Bar, greatest: number) {
  let x = 0;
  return parts.map(({ name, value, tone }) => {
    const width = (100 * value) / greatest;
    const part = { name, x, width, tone };
    x += width;
    return part;
  });
}
