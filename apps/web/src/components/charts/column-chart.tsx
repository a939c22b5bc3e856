import { Legend } from './bar-list.tsx';
import classes from './charts.module.css';
import { toneColour, type Tone } from './tones.ts';

interface ChartColumn {
  key: string;
  /** Below the column, where there is room for it. */
  label: string;
  /** Shown by the pointer. */
  title: string;
  parts: readonly { name: string; value: number; tone: Tone }[];
}

const height = 120;
const step = 20;

/** Columns side by side, the present one last. The greatest one names the scale. */
export function ColumnChart({ label, columns }: { label: string; columns: readonly ChartColumn[] }) {
  const sums = columns.map(({ parts }) => parts.reduce((sum, { value }) => sum + value, 0));
  const greatest = Math.max(1, ...sums);
  const names = [...new Map(columns.flatMap(({ parts }) => parts).map(({ name, tone }) => [name, tone]))];
  return (
    <figure className={classes.figure}>
      <figcaption className={classes.scale}>{`${greatest.toLocaleString('en')} at most in one hour`}</figcaption>
      <svg
        className={classes.columns}
        viewBox={`0 0 ${columns.length * step} ${height + 18}`}
        role="img"
        aria-label={label}
      >
        {columns.map((column, place) => {
          let y = height;
          return (
            <g key={column.key} transform={`translate(${place * step} 0)`}>
              <title>{column.title}</title>
              <rect x="2" y="0" width={step - 4} height={height} fill="var(--cinch-hover)" />
              {column.parts.map(({ name, value, tone }) => {
                // What is there is seen, however small it is beside the greatest.
                const tall = value === 0 ? 0 : Math.max(2, (height * value) / greatest);
                y -= tall;
                return <rect key={name} x="2" y={y} width={step - 4} height={tall} fill={toneColour[tone]} />;
              })}
              {place % 4 === 3 && (
                <text x={step / 2} y={height + 14} textAnchor="middle" className={classes.tick}>
                  {column.label}
                </text>
              )}
            </g>
          );
        })}
      </svg>
      <Legend names={names} />
    </figure>
  );
}
