import { useQuery } from '@tanstack/react-query';
import { OpenCount } from '../../components/open-count.tsx';
import { openRequestsQuery } from './queries.ts';

export function OpenRequestCount() {
  return <OpenCount count={useQuery(openRequestsQuery).data ?? 0} />;
}
