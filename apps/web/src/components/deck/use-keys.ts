import { useEffect, useEffectEvent } from 'react';

/** Single keys of a screen, by `KeyboardEvent.key` in small letters; not while somebody types or a dialog is open. */
export function useKeys(keys: Readonly<Record<string, () => void>>): void {
  const onKey = useEffectEvent((event: KeyboardEvent) => {
    if (event.defaultPrevented || event.repeat || event.altKey || event.ctrlKey || event.metaKey) return;
    if (isElsewhere(event.target) || (isPress(event.key) && isPressed(event.target))) return;
    const act = Object.hasOwn(keys, event.key.toLowerCase()) && keys[event.key.toLowerCase()];
    if (!act) return;
    event.preventDefault();
    act();
  });
  useEffect(() => {
    addEventListener('keydown', onKey);
    return () => removeEventListener('keydown', onKey);
  }, []);
}

function isElsewhere(target: EventTarget | null): boolean {
  return target instanceof HTMLElement && target.closest('input, textarea, select, [role="dialog"]') !== null;
}

/** A button or a link keeps what presses it. */
const isPress = (key: string) => key === ' ' || key === 'Enter';
const isPressed = (target: EventTarget | null) => target instanceof HTMLElement && target.closest('a, button') !== null;
