import { Badge, VisuallyHidden } from '@mantine/core';

/** How many wait for a person, beside the name of their list; nothing while there are none. */
export function OpenCount({ count }: { count: number }) {
  if (count === 0) return null;
  return (
    <Badge color="amber" size="sm" radius="xl" px={7}>
      {count.toLocaleString('en')}
      <VisuallyHidden> open</VisuallyHidden>
    </Badge>
  );
}
