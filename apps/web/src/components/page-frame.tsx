import { Group, Stack, Text, Title } from '@mantine/core';
import type { ReactNode } from 'react';

interface Props {
  title: string;
  /** Above the heading: where this page belongs. */
  back?: ReactNode;
  /** Beside the heading: state and figures of what the page is about. */
  aside?: ReactNode;
  lead?: ReactNode;
  children: ReactNode;
}

/** Every page: the document's title, one heading, then its content. */
export function PageFrame({ title, back, aside, lead, children }: Props) {
  return (
    <Stack gap="lg">
      <title>{`${title} · Cinch`}</title>
      <Stack gap={4}>
        {back && <Text size="sm">{back}</Text>}
        <Group gap="sm" align="center">
          <Title order={1} size="h2">
            {title}
          </Title>
          {aside}
        </Group>
        {lead && (
          <Text c="dimmed" maw="46rem">
            {lead}
          </Text>
        )}
      </Stack>
      {children}
    </Stack>
  );
}
