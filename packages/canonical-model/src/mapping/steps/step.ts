import type { Json } from '../../json.ts';

/** What flows between steps. Text is trimmed and never empty; a phone is E.164, a date ISO, an instant milliseconds since 1970. */
export type Flow = 'text' | 'number' | 'boolean' | 'lines' | 'name' | 'date' | 'phone' | 'instant';

/** Why a value could not pass a step; the code is stable, the detail never repeats the value: it may be personal. */
export class Failure {
  readonly code: string;
  readonly detail: string;
  constructor(code: string, detail: string) {
    this.code = code;
    this.detail = detail;
  }
}

export type Outcome = Json | Failure;

/** What a step declares lost: native detail when reading, canonical detail when writing. */
export interface Loss {
  onRead: boolean;
  onWrite: boolean;
}

/**
 * One step of a chain, in both directions. `read` gets a value of type `takes` and gives one of type `gives`; `write` goes the
 * other way. `null` (nothing there) never enters a step.
 */
export interface Step {
  takes: Flow;
  gives: Flow;
  loses: Loss;
  read(value: Json): Outcome;
  write(value: Json): Outcome;
}

export const losesNothing: Loss = { onRead: false, onWrite: false };
export const losesOnWrite: Loss = { onRead: false, onWrite: true };
