import type { Cell, Show, ShownArm } from '@cinch/lab';

/** The cells that differ at the end of the day, in the play that is shown day by day. */
export function driftedAt(show: Pick<Show, 'attributes'>, { turns }: Pick<ShownArm, 'turns'>, day: number): Cell[] {
  const drifted = new Map<string, Cell>();
  for (const [at, customer, side, attribute, isDrifted] of turns) {
    if (at >= day + 1) break;
    const name = `${customer}|${side}|${attribute}`;
    if (isDrifted) drifted.set(name, { customer, side, attribute: show.attributes[attribute]!.id });
    else drifted.delete(name);
  }
  return [...drifted.values()];
}
