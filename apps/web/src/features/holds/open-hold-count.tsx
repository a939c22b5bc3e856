import { useQuery } from '@tanstack/react-query';
import { OpenCount } from '../../components/open-count.tsx';
import { openHoldsQuery } from './queries.ts';

export function OpenHoldCount() {
  return <OpenCount count={useQuery(openHoldsQuery).data ?? 0} />;
}
