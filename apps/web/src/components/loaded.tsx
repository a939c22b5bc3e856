import { Button, Skeleton, Stack, VisuallyHidden } from '@mantine/core';
import type { UseQueryResult } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { ProblemAlert } from './problem-alert.tsx';

interface Props<T> {
  query: UseQueryResult<T>;
  children: (data: T) => ReactNode;
}

/** Loading and error views of whatever a page shows. Data that is there stays on screen when a later read fails, with the failure above it. */
export function Loaded<T>({ query, children }: Props<T>) {
  if (query.isPending) return <Loading />;
  return (
    <>
      {query.error && (
        <Stack gap="sm" align="flex-start" mb="md">
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
