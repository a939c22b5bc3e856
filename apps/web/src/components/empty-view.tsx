import { Stack, Text } from '@mantine/core';
import type { ReactNode } from 'react';
import classes from './empty-view.module.css';

/** Nothing to show: why, and what would change it. */
export function EmptyView({ title, children }: { title: string; children?: ReactNode }) {
  return (
    <Stack className={classes.empty} gap={4}>
      <Text fw={600}>{title}</Text>
      {children && <Text c="dimmed">{children}</Text>}
    </Stack>
  );
}
