import type { RecordState } from '../facts/record-state.ts';
import { assertionId, type AssertionRef } from '../survivorship/golden.ts';
import type { ConfirmDeleted, Exclude, Reopen } from './decision.ts';

type Ending = Pick<RecordState, 'deleted' | 'headPosition'>;

/**
 * Position of the entry with which the record ended: its delete, or the last that was known when a person confirmed that it is gone.
 * Null while it is live. `confirmations` are those of this record; whatever the system tells later ends them.
 */
export function tombstoneOf(
  { deleted, headPosition }: Ending,
  confirmations: readonly Pick<ConfirmDeleted, 'base'>[],
): string | null {
  if (deleted) return deleted.position;
  return confirmations.some(({ base }) => base === headPosition) ? headPosition : null;
}

/** The record's assertions do not count any more. */
export function isTombstoned(state: Ending, confirmations: readonly Pick<ConfirmDeleted, 'base'>[]): boolean {
  return tombstoneOf(state, confirmations) !== null;
}

/** Names what closed the creation of a customer in a system: the end of its record there, or the record's exclusion. */
export function closingId(cause: AssertionRef | Pick<Exclude, 'decisionId'>): string {
  return 'decisionId' in cause ? `exclude ${cause.decisionId}` : assertionId(cause);
}

/** Whether any of what closed the creation there was not reopened; `reopened` are the decisions about this customer and system. */
export function isCreationClosed(closings: readonly string[], reopened: readonly Pick<Reopen, 'closings'>[]): boolean {
  const lifted = new Set(reopened.flatMap((decision) => decision.closings));
  return closings.some((closing) => !lifted.has(closing));
}
