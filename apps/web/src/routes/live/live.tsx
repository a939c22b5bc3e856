import { useQueryClient } from '@tanstack/react-query';
import { useEffect } from 'react';
import { probeConnection, tellConnection } from '../../api/connection.ts';
import { listenLive } from '../../api/live.ts';
import { readAnewBy } from './read-anew.ts';

/** Keeps what is on screen up to date. A tab that nobody sees leaves its connection to those that are seen, and catches up when it is seen. */
export function Live() {
  const queryClient = useQueryClient();
  useEffect(() => {
    const readAnew = readAnewBy(queryClient);
    const listen = () =>
      listenLive({
        opened() {
          tellConnection(true);
          void queryClient.invalidateQueries();
        },
        changed: readAnew,
        async lost() {
          const answers = await probeConnection();
          // Also finds out whether the session has ended, which ends the stream.
          if (answers) void queryClient.invalidateQueries();
          return answers;
        },
      });
    let stop: (() => void) | null = null;
    const follow = () => {
      const isSeen = document.visibilityState === 'visible';
      if (isSeen) stop ??= listen();
      else {
        stop?.();
        stop = null;
      }
    };
    follow();
    document.addEventListener('visibilitychange', follow);
    return () => {
      document.removeEventListener('visibilitychange', follow);
      stop?.();
    };
  }, [queryClient]);
  return null;
}
