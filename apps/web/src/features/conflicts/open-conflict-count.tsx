import { Badge, VisuallyHidden } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { openRequestsQuery } from '../requests/queries.ts';
import { statusQuery } from '../systems/queries.ts';

/** What waits for a person's decision: conflicts, and change requests among them. */
export function OpenConflictCount() {
  const conflicts = useQuery(statusQuery).data?.conflictsOpen ?? 0;
  const requests = useQuery(openRequestsQuery).data ?? 0;
  const open = conflicts + requests;
  if (open === 0) return null;
  return (
    <Badge color="amber" size="sm" radius="xl" px={7}>
      {open.toLocaleString('en')}
      <VisuallyHidden> open</VisuallyHidden>
    </Badge>
  );
}
