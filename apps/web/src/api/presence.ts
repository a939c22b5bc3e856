import { unattendedAfterMs, unattendedHeader } from '@cinch/api-contract';

let touchedAt = 0;

/** Notes whenever somebody is at this page. */
export function followPresence(target: Pick<Window, 'addEventListener'>, now = () => performance.now()): void {
  const touched = () => (touchedAt = now());
  touched();
  for (const event of ['pointerdown', 'pointermove', 'keydown', 'wheel'] as const)
    target.addEventListener(event, touched, { passive: true, capture: true });
}

/** What a call says about whether anybody is there: a page that is only open must not keep its session in use. */
export function presence(now = performance.now()): Record<string, string> {
  return now - touchedAt > unattendedAfterMs ? { [unattendedHeader]: '1' } : {};
}
