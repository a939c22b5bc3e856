import type { Cell, Show, ShownArm } from '@cinch/lab';
import { Button, Group, Stack, Text } from '@mantine/core';
import { useState, type CSSProperties } from 'react';
import { Panel } from '../../components/panel.tsx';
import { driftedAt } from './drifted-at.ts';
import type { Picked } from './lab-page.tsx';
import classes from './lab.module.css';

interface Props {
  show: Show;
  names: readonly [string, string];
  day: number;
  picked: Picked | null;
  onPick: (picked: Picked) => void;
}

const cellsShown = 12;

/** Which attributes drift under which arm, on average over the days; a cell leads to the values that differ on the day shown. */
export function HeatPanel({ show, names, day, picked, onPick }: Props) {
  const [at, setAt] = useState<{ arm: ShownArm; attribute: string } | null>(null);
  const shareOf = ({ summary }: ShownArm, id: string) =>
    Math.max(...(summary.byAttribute[id] ?? []).map((one) => one ?? 0));
  const greatest = Math.max(1e-6, ...show.arms.flatMap((arm) => show.attributes.map(({ id }) => shareOf(arm, id))));
  return (
    <Panel title="Where it drifts">
      <Text size="sm" c="dimmed" mb="sm">
        Percent of the values of an attribute that differed, on average, in the system where more of them did. Choose
        one to see whose values they are on day {day}.
      </Text>
      <div className={classes.scroll}>
        <table className={classes.heat} aria-label="Drift by attribute and arm, in percent">
          <thead>
            <tr>
              <th scope="col">Attribute</th>
              {show.arms.map(({ id, label }) => (
                <th key={id} scope="col">
                  {label}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {show.attributes.map(({ id, label }) => (
              <tr key={id}>
                <th scope="row">{label}</th>
                {show.arms.map((arm) => {
                  const share = shareOf(arm, id);
                  return (
                    <td key={arm.id}>
                      <button
                        type="button"
                        className={classes.heatCell}
                        data-hot={isHot(share / greatest)}
                        style={{ '--heat': heatOf(share / greatest) } as CSSProperties}
                        disabled={share === 0}
                        aria-pressed={at?.arm.id === arm.id && at.attribute === id}
                        aria-label={`${label}, ${arm.label}: ${(100 * share).toFixed(2)} percent`}
                        onClick={() => setAt({ arm, attribute: id })}
                      >
                        {share === 0 ? '0' : (100 * share).toFixed(2)}
                      </button>
                    </td>
                  );
                })}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      {at && <Drifted show={show} names={names} day={day} at={at} picked={picked} onPick={onPick} />}
    </Panel>
  );
}

function Drifted({ show, names, day, at, picked, onPick }: Props & { at: { arm: ShownArm; attribute: string } }) {
  const all = driftedAt(show, at.arm, day).filter(({ attribute }) => attribute === at.attribute);
  const label = show.attributes.find(({ id }) => id === at.attribute)!.label;
  const isPicked = (cell: Cell) => picked?.arm.id === at.arm.id && picked.day === day && sameCell(picked.cell, cell);
  return (
    <Stack gap="xs" mt="md">
      <Text size="sm" fw={600}>
        {label} under {at.arm.label} on day {day}:{' '}
        {all.length === 0 ? 'nothing differs. Choose another day.' : `${all.length} differ. Choose one for its story.`}
      </Text>
      <Group gap="xs">
        {all.slice(0, cellsShown).map((cell) => (
          <Button
            key={`${cell.customer} ${cell.side}`}
            size="xs"
            variant={isPicked(cell) ? 'filled' : 'default'}
            onClick={() => onPick({ arm: at.arm, cell, day })}
          >
            Customer {cell.customer + 1} in {names[cell.side]}
          </Button>
        ))}
        {all.length > cellsShown && <Text size="sm">and {all.length - cellsShown} more</Text>}
      </Group>
    </Stack>
  );
}

/** Few and small shares are to be seen beside great ones. */
function isHot(ofGreatest: number): boolean {
  return Math.sqrt(ofGreatest) > 0.6;
}

/** How much colour: there is none in between, where neither light nor dark text could be read. */
function heatOf(ofGreatest: number): string {
  const root = Math.sqrt(ofGreatest);
  return `${Math.round(isHot(ofGreatest) ? 50 + 40 * root : 50 * root)}%`;
}

function sameCell(one: Cell, two: Cell): boolean {
  return one.customer === two.customer && one.side === two.side && one.attribute === two.attribute;
}
