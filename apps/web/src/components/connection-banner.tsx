import { useQueryClient } from '@tanstack/react-query';
import { IconPlugConnectedX } from '@tabler/icons-react';
import { useEffect } from 'react';
import { probeConnection, useLostAt } from '../api/connection.ts';
import classes from './connection-banner.module.css';
import { Time } from './time.tsx';

const probeEveryMs = 2_000;

/** Says that what is on screen may be old, tries again by itself, and reads everything anew once the hub is back. */
export function ConnectionBanner() {
  const lostAt = useLostAt();
  const queryClient = useQueryClient();
  useEffect(() => {
    const probe = () => void probeConnection();
    addEventListener('offline', probe);
    return () => removeEventListener('offline', probe);
  }, []);
  useEffect(() => {
    if (lostAt === null) return;
    const timer = setInterval(() => {
      void probeConnection().then((answered) => (answered ? queryClient.invalidateQueries() : undefined));
    }, probeEveryMs);
    return () => clearInterval(timer);
  }, [lostAt, queryClient]);
  return (
    <div role="status">
      {lostAt !== null && (
        <p className={classes.banner}>
          <IconPlugConnectedX size={18} aria-hidden />
          <span>
            <strong>Connection lost.</strong> The hub does not answer since{' '}
            <Time at={new Date(lostAt).toISOString()} seconds />. What is shown is from before; it is read anew as soon
            as the hub answers.
          </span>
        </p>
      )}
    </div>
  );
}
