import { Group } from '@mantine/core';
import { ButtonLink } from './link.tsx';

/** Pages by cursor, kept in the URL: the browser's Back leads to the page before. */
export function Pager({ cursor, nextCursor }: { cursor: string | undefined; nextCursor: string | null }) {
  if (!cursor && !nextCursor) return null;
  return (
    <Group component="nav" aria-label="Pages" justify="flex-end" gap="xs" p="sm">
      {cursor && (
        <ButtonLink variant="default" size="xs" to="." search={(before) => ({ ...before, cursor: undefined })}>
          First page
        </ButtonLink>
      )}
      {nextCursor && (
        <ButtonLink variant="default" size="xs" to="." search={(before) => ({ ...before, cursor: nextCursor })}>
          Next page
        </ButtonLink>
      )}
    </Group>
  );
}
