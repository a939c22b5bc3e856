import { Badge, VisuallyHidden } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { statusQuery } from '../systems/queries.ts';

export function OpenConflictCount() {
  const open = useQuery(statusQuery).data?.conflictsOpen ?? 0;
  if (open === 0) return null;
  return (
    <Badge color="amber" size="sm" radius="xl" px={7}>
      {open.toLocaleString('en')}
      <VisuallyHidden> open</VisuallyHidden>
    </Badge>
  );
}
