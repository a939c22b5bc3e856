import { Group } from '@mantine/core';
import { ButtonLink } from './link.tsx';

interface Props {
  cursor: string | undefined;
  nextCursor: string | null;
  /** Where the cursor stands in the URL, and what is paged: for the second list of a page. */
  param?: string;
  label?: string;
}

/** Pages by cursor, kept in the URL: the browser's Back leads to the page before. */
export function Pager({ cursor, nextCursor, param = 'cursor', label = 'Pages' }: Props) {
  if (!cursor && !nextCursor) return null;
  return (
    <Group component="nav" aria-label={label} justify="flex-end" gap="xs" p="sm">
      {cursor && (
        <ButtonLink variant="default" size="xs" to="." search={(before) => ({ ...before, [param]: undefined })}>
          First page
        </ButtonLink>
      )}
      {nextCursor && (
        <ButtonLink variant="default" size="xs" to="." search={(before) => ({ ...before, [param]: nextCursor })}>
          Next page
        </ButtonLink>
      )}
    </Group>
  );
}
