import { useMediaQuery } from '@mantine/hooks';
import type { Look } from './arm-look.ts';
import classes from './lab.module.css';

interface Line {
  key: string;
  name: string;
  look: Look;
  /** By x, with the least and the greatest over the plays. */
  points: readonly { x: number; y: number; low: number; high: number }[];
  /** Instants that are marked below the axis. */
  marks?: readonly number[];
}

interface Props {
  label: string;
  lines: readonly Line[];
  /** The axis to the right ends here, and where the reader is. */
  last: number;
  at?: number | null;
  xName: string;
  asText: (y: number) => string;
}

const [height, left, bottom, top] = [260, 62, 34, 10];
/** Drawn narrower for a narrow screen: scaled down, nobody could read its figures. */
const widths = { wide: 880, narrow: 440 };

/** Lines of one scale, each with its band. What the colours are stands in the legend; the figures, in the table twin. */
export function LineChart({ label, lines, last, at = null, xName, asText }: Props) {
  const width = useMediaQuery('(max-width: 40em)') ? widths.narrow : widths.wide;
  const greatest = niceAbove(Math.max(...lines.flatMap(({ points }) => points.map(({ high }) => high)), 0));
  const x = (value: number) => left + ((width - left - 8) * value) / last;
  const y = (value: number) => top + (height - top - bottom) * (1 - value / greatest);
  const path = (points: readonly (readonly [number, number])[]) =>
    points.map(([px, py], index) => `${index === 0 ? 'M' : 'L'}${px.toFixed(1)} ${py.toFixed(1)}`).join('');
  const ticks = [0, 0.25, 0.5, 0.75, 1].map((share) => share * greatest);
  return (
    <figure className={classes.chart}>
      <svg viewBox={`0 0 ${width} ${height}`} role="img" aria-label={label}>
        {ticks.map((tick) => (
          <g key={tick}>
            <line x1={left} x2={width - 8} y1={y(tick)} y2={y(tick)} className={classes.grid} />
            <text x={left - 8} y={y(tick) + 4} textAnchor="end" className={classes.tick}>
              {asText(tick)}
            </text>
          </g>
        ))}
        {[0, 0.25, 0.5, 0.75, 1].map((share) => (
          <text key={share} x={x(share * last)} y={height - 8} textAnchor="middle" className={classes.tick}>
            {Math.round(share * last)}
          </text>
        ))}
        <text x={width - 8} y={height - 22} textAnchor="end" className={classes.tick}>
          {xName}
        </text>
        {lines.map(({ key, look, points }) => (
          <path
            key={key}
            d={`${path([...points.map((one) => [x(one.x), y(one.high)] as const), ...points.toReversed().map((one) => [x(one.x), y(one.low)] as const)])}Z`}
            fill={look.colour}
            opacity={0.13}
          />
        ))}
        {lines.map(({ key, name, look, points }) => (
          <path
            key={key}
            d={path(points.map((one) => [x(one.x), y(one.y)]))}
            fill="none"
            stroke={look.colour}
            strokeWidth={2}
            strokeDasharray={look.dash}
          >
            <title>{name}</title>
          </path>
        ))}
        {lines.flatMap(({ key, name, look, marks = [] }) =>
          marks.map((mark) => (
            <rect key={`${key} ${mark}`} x={x(mark) - 1.5} y={height - bottom} width={4} height={7} fill={look.colour}>
              <title>{`${name}: an outage`}</title>
            </rect>
          )),
        )}
        {at !== null && <line x1={x(at)} x2={x(at)} y1={top} y2={height - bottom} className={classes.here} />}
      </svg>
      <ul className={classes.legend} aria-label="Lines">
        {lines.map(({ key, name, look }) => (
          <li key={key}>
            <svg width="26" height="10" aria-hidden>
              <line x1="0" x2="26" y1="5" y2="5" stroke={look.colour} strokeWidth="3" strokeDasharray={look.dash} />
            </svg>
            {name}
          </li>
        ))}
      </ul>
    </figure>
  );
}

/** 1, 2 or 5 of a power of ten, not below the value. */
function niceAbove(value: number): number {
  if (value <= 0) return 0.001;
  const power = 10 ** Math.floor(Math.log10(value));
  return [1, 2, 4, 5, 8, 10].map((one) => one * power).find((one) => one >= value)!;
}
