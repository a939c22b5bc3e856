import { useEffect, useEffectEvent, useRef } from 'react';
import type { Command } from './commands.ts';

/** Within this time the second key of a pair follows the first. */
const pairWithinMs = 1_500;

/** Runs commands by their keys, unless the keys are typed into a field or belong to the browser. */
export function useShortcuts(commands: readonly Command[]): void {
  const first = useRef<{ key: string; at: number } | null>(null);
  const onKey = useEffectEvent((event: KeyboardEvent) => {
    if (event.defaultPrevented || event.repeat || event.altKey) return;
    const isMod = event.ctrlKey || event.metaKey;
    if (isInDialog(event.target) || (!isMod && isTyping(event.target))) return;
    const pressed = isMod ? `mod+${event.key.toLowerCase()}` : event.key.toLowerCase();
    const before = first.current && event.timeStamp - first.current.at < pairWithinMs ? first.current.key : null;
    const keysAre = (...wanted: string[]) =>
      commands.find(({ keys }) => keys?.map((key) => key.toLowerCase()).join(' ') === wanted.join(' '));
    const command = (before !== null && keysAre(before, pressed)) || keysAre(pressed);
    first.current = command ? null : { key: pressed, at: event.timeStamp };
    if (!command) return;
    event.preventDefault();
    command.run();
  });
  useEffect(() => {
    addEventListener('keydown', onKey);
    return () => removeEventListener('keydown', onKey);
  }, []);
}

function isTyping(target: EventTarget | null): boolean {
  return target instanceof HTMLElement && (target.isContentEditable || target.matches('input, textarea, select'));
}

function isInDialog(target: EventTarget | null): boolean {
  return target instanceof HTMLElement && target.closest('[role="dialog"]') !== null;
}
