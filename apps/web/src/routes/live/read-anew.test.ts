import { liveTopics } from '@cinch/api-contract';
import { QueryClient } from '@tanstack/react-query';
import { expect, it } from 'vitest';
import { conflictList } from '../../features/conflicts/queries.ts';
import { runQuery } from '../../features/refreshes/queries.ts';
import { sessionQuery } from '../../api/session.ts';
import { statusQuery } from '../../api/systems.ts';
import { readAnewBy } from './read-anew.ts';

it('makes old what the topics are shown by, and leaves the rest', () => {
  const queryClient = new QueryClient();
  const keys = [conflictList({ state: 'open' }).query, runQuery('7'), statusQuery, sessionQuery].map(
    (one) => one.queryKey,
  );
  for (const key of keys) queryClient.setQueryData<unknown>(key, {});
  const old = () => keys.map((key) => queryClient.getQueryState(key)!.isInvalidated);
  const readAnew = readAnewBy(queryClient);
  readAnew({ topics: ['audit'] });
  expect(old()).toEqual([false, false, false, false]);
  readAnew({ topics: ['refreshes'] });
  expect(old()).toEqual([false, true, true, false]);
  readAnew({ topics: [...liveTopics] });
  expect(old(), 'whoever is logged in stays so').toEqual([true, true, true, false]);
});
