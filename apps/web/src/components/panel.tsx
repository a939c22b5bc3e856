import { Group, Paper, Title } from '@mantine/core';
import { useId, type ReactNode } from 'react';
import classes from './panel.module.css';

interface Props {
  title?: string;
  aside?: ReactNode;
  /** No padding: for a table that reaches the edges. */
  flush?: boolean;
  children: ReactNode;
}

/** A sheet on the page. With a title it is a region that can be found by its name. */
export function Panel({ title, aside, flush, children }: Props) {
  const titleId = useId();
  return (
    <Paper component="section" withBorder aria-labelledby={title && titleId}>
      {title && (
        <Group justify="space-between" className={classes.head}>
          <Title order={2} size="h5" id={titleId}>
            {title}
          </Title>
          {aside}
        </Group>
      )}
      <div className={flush ? undefined : classes.body}>{children}</div>
    </Paper>
  );
}
