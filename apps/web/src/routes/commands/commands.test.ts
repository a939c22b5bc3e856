import { describe, expect, it } from 'vitest';
import { commandsFor } from './commands.ts';

const commands = [
  { label: 'Change requests' },
  { label: 'Refreshes', words: 'runs plan' },
  { label: 'Use the dark colours', words: 'theme' },
];
const found = (typed: string) => commandsFor(typed, commands).map(({ label }) => label);

describe('the command palette', () => {
  it('lists everything before anything is typed', () => {
    expect(found(' ')).toHaveLength(3);
  });

  it('puts what begins as typed before what only holds it', () => {
    expect(found('re')).toEqual(['Refreshes', 'Change requests']);
  });

  it('finds by other words, and by several at once', () => {
    expect([found('theme'), found('run refr'), found('dark requests')]).toEqual([
      ['Use the dark colours'],
      ['Refreshes'],
      [],
    ]);
  });
});
