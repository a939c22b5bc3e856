import type { Hub } from './hub.ts';

export interface Terminal {
  /** A line for whoever reads, and for pipes. */
  say(line: string): void;
  /** A line beside the result: progress, and what is wrong with single lines. */
  note(line: string): void;
}

export interface Given {
  positionals: string[];
  values: Record<string, string | boolean | undefined>;
}

export interface Command {
  /** What follows the name, as the help shows it. */
  usage: string;
  summary: string;
  /** More lines of help. */
  more?: string;
  options?: Record<string, { type: 'string' | 'boolean'; help: string }>;
  /** How many words must follow, at least and at most. */
  words: readonly [number, number];
  /** True when all went well, false when something has to be looked at. */
  run(hub: Hub, given: Given, terminal: Terminal): Promise<boolean>;
}
