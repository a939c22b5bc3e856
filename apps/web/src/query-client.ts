import { MutationCache, QueryCache, QueryClient } from '@tanstack/react-query';
import { isNotLoggedIn, ProblemError } from './api/problem-error.ts';

/** One place sees every 401, whichever page it meets. */
export function createQueryClient(onNotLoggedIn: () => void): QueryClient {
  const onError = (error: unknown) => {
    if (isNotLoggedIn(error)) onNotLoggedIn();
  };
  return new QueryClient({
    queryCache: new QueryCache({ onError }),
    mutationCache: new MutationCache({ onError }),
    defaultOptions: {
      queries: {
        staleTime: 2_000,
        // A refusal stays one; only silence and a starting hub are worth another try.
        retry: (failures, error) =>
          failures < 2 && error instanceof ProblemError && [0, 502, 503, 504].includes(error.problem.status),
      },
    },
  });
}
