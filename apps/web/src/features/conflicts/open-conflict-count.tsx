import { useQuery } from '@tanstack/react-query';
import { OpenCount } from '../../components/open-count.tsx';
import { statusQuery } from '../../api/systems.ts';

export function OpenConflictCount() {
  return <OpenCount count={useQuery(statusQuery).data?.conflictsOpen ?? 0} />;
}
