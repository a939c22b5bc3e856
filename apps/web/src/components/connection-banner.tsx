import { useQueryClient } from '@tanstack/react-query';
import { IconPlugConnectedX } from './icons.tsx';
import { useEffect } from 'react';
import { probeConnection, useLost } from '../api/connection.ts';
import classes from './connection-banner.module.css';
import { Time } from './time.tsx';

const probeEveryMs = 2_000;

/** Says that what is on screen may be old, tries again by itself, and reads everything anew once the hub is back. */
export function ConnectionBanner() {
  const lost = useLost();
  const isLost = lost !== null;
  const queryClient = useQueryClient();
  useEffect(() => {
    const probe = () => void probeConnection();
    addEventListener('offline', probe);
    return () => removeEventListener('offline', probe);
  }, []);
  useEffect(() => {
    if (!isLost) return;
    const timer = setInterval(() => {
      void probeConnection().then((answered) => (answered ? queryClient.invalidateQueries() : undefined));
    }, probeEveryMs);
    return () => clearInterval(timer);
  }, [isLost, queryClient]);
  return (
    <div role="status">
      {lost !== null && (
        <p className={classes.banner}>
          <IconPlugConnectedX size={18} aria-hidden />
          <span>
            <strong>{lost.why === null ? 'Connection lost.' : 'The hub is in trouble.'}</strong> {lost.why} The hub does
            not answer since <Time at={new Date(lost.at).toISOString()} seconds />. What is shown is from before; it is
            read anew as soon as the hub answers.
          </span>
        </p>
      )}
    </div>
  );
}
