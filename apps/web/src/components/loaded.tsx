import { Box, Button, Skeleton, Stack, VisuallyHidden } from '@mantine/core';
import type { ReactNode } from 'react';
import { ProblemAlert } from './problem-alert.tsx';

/** A query of one answer, or of many pages. */
export interface AnyQuery<T> {
  isPending: boolean;
  isFetching: boolean;
  error: unknown;
  data: T | undefined;
  refetch: () => unknown;
}

interface Props<T> {
  query: AnyQuery<T>;
  /** What is shown reaches the edges of its panel: loading and failure keep away from them. */
  inset?: boolean;
  children: (data: T) => ReactNode;
}

/** Loading and error views of whatever a page shows. Data that is there stays on screen when a later read fails, with the failure above it. */
export function Loaded<T>({ query, inset = false, children }: Props<T>) {
  const edge = inset ? '1.25rem' : undefined;
  if (query.isPending)
    return (
      <Box px={edge} pb={edge}>
        <Loading />
      </Box>
    );
  return (
    <>
      {query.error !== null && (
        <Stack gap="sm" align="flex-start" px={edge} mb="md">
          <ProblemAlert error={query.error} />
          <Button variant="default" onClick={() => void query.refetch()} loading={query.isFetching}>
            Try again
          </Button>
        </Stack>
      )}
      {query.data !== undefined && children(query.data)}
    </>
  );
}

export function Loading() {
  return (
    <Stack gap="sm" role="status">
      <VisuallyHidden>Loading</VisuallyHidden>
      <Skeleton height={36} />
      <Skeleton height={36} />
      <Skeleton height={36} width="70%" />
    </Stack>
  );
}
