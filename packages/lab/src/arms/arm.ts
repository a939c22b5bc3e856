import type { Cell } from '../cells.ts';
import type { Meant } from '../meant.ts';
import type { Side } from '../pair.ts';

/** A way of keeping two systems in step: a small program over the pure core. */
export interface Arm {
  /** Both systems hold what is true at the start. */
  begin?(): void;
  /** A person says something in a system. *until*: it could not be taken, the person knows, and says it again then. */
  typed(entry: Meant): { until: number } | null;
  /** Once a day, at noon. */
  noon?(day: number): void;
  /** Whether somebody was told that the cell differs. */
  isTold?(cell: Cell): boolean;
  /** Whether the system answers its users now. */
  isOpen?(side: Side): boolean;
  /** Instants right after a complete refresh. */
  onRefreshed?: (() => void) | null;
}
