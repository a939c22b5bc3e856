import type { Show, ShownArm } from '@cinch/lab';
import { Button, Text } from '@mantine/core';
import { useEffect, useMemo, useState, type CSSProperties } from 'react';
import { Panel } from '../../components/panel.tsx';
import { armLook, percent } from './arm-look.ts';
import { driftedAt } from './drifted-at.ts';
import classes from './lab.module.css';

interface Props {
  show: Show;
  names: readonly [string, string];
  day: number;
  onDay: (day: number) => void;
}

const stepMs = 90;

/** The arms side by side, day after day: every customer a square in each of the two systems, the more drifted the darker. */
export function DaysPanel({ show, names, day, onDay }: Props) {
  const [wantsToPlay, setWantsToPlay] = useState(false);
  const { days } = show.input;
  const isPlaying = wantsToPlay && day < days;
  useEffect(() => {
    if (!isPlaying) return;
    const timer = setTimeout(() => onDay(day + 1), stepMs);
    return () => clearTimeout(timer);
  }, [isPlaying, day, onDay]);
  const play = () => {
    if (!isPlaying && day >= days) onDay(0);
    setWantsToPlay(!isPlaying);
  };
  return (
    <Panel title="Day by day">
      <div className={classes.transport}>
        <Button variant="default" onClick={play}>
          {isPlaying ? 'Pause' : 'Play the days'}
        </Button>
        <input
          type="range"
          aria-label="Day"
          min={0}
          max={days}
          value={day}
          onChange={({ currentTarget }) => {
            setWantsToPlay(false);
            onDay(Number(currentTarget.value));
          }}
        />
        <Text fw={600} miw="7rem" ta="right">
          Day {day} of {days}
        </Text>
      </div>
      <Text size="sm" c="dimmed" my="sm">
        Each square is a customer in {names[0]} (left) and in {names[1]} (right): pale holds what it should, amber
        differs in one value, red in more. {show.customers.toLocaleString('en')} customers, of whom{' '}
        {show.meant.toLocaleString('en')} things were meant.
      </Text>
      <ul className={classes.fields}>
        {show.arms.map((arm) => (
          <Field key={arm.id} show={show} arm={arm} names={names} day={day} />
        ))}
      </ul>
    </Panel>
  );
}

function Field({
  show,
  arm,
  names,
  day,
}: {
  show: Show;
  arm: ShownArm;
  names: readonly [string, string];
  day: number;
}) {
  const drifted = useMemo(() => driftedAt(show, arm, day), [show, arm, day]);
  const sample = arm.samples[Math.max(0, day - 1)]!;
  const isDown = day > 0 && sample.open.includes(false);
  return (
    <li className={classes.field} style={{ '--arm': armLook[arm.id].colour } as CSSProperties}>
      <Text fw={600} size="sm">
        {arm.label}
      </Text>
      <div className={classes.figures}>
        <span className={classes.drift}>{percent(day === 0 ? 0 : sample.drift)}</span>
        <Text span size="sm" c="dimmed">
          {isDown ? 'drifted; one cannot ask' : 'drifted'}
        </Text>
      </div>
      <div className={classes.sides}>
        {([0, 1] as const).map((side) => (
          <Squares
            key={side}
            label={`${names[side]}: ${drifted.filter((cell) => cell.side === side).length} values differ`}
            customers={show.customers}
            counts={countsOf(drifted.filter((cell) => cell.side === side).map(({ customer }) => customer))}
          />
        ))}
      </div>
      <Text size="xs" c="dimmed" mt={6}>
        {arm.says}
      </Text>
    </li>
  );
}

function countsOf(customers: readonly number[]): Map<number, number> {
  const counts = new Map<number, number>();
  for (const customer of customers) counts.set(customer, (counts.get(customer) ?? 0) + 1);
  return counts;
}

/** One path a shade: a thousand squares are three elements. */
function Squares({
  label,
  customers,
  counts,
}: {
  label: string;
  customers: number;
  counts: ReadonlyMap<number, number>;
}) {
  const columns = Math.ceil(Math.sqrt(customers * 1.25));
  const rows = Math.ceil(customers / columns);
  const shades = ['', '', ''];
  for (let customer = 0; customer < customers; customer += 1) {
    const shade = Math.min(2, counts.get(customer) ?? 0);
    shades[shade] += `M${(customer % columns) * 10} ${Math.floor(customer / columns) * 10}h8v8h-8z`;
  }
  return (
    <svg viewBox={`0 0 ${columns * 10} ${rows * 10}`} role="img" aria-label={label}>
      {shadeColours.map((colour, shade) => (
        <path key={colour} d={shades[shade]} fill={colour} />
      ))}
    </svg>
  );
}

const shadeColours = [
  'color-mix(in srgb, var(--mantine-color-slate-5) 22%, transparent)',
  'var(--mantine-color-amber-5)',
  'var(--mantine-color-red-7)',
];
