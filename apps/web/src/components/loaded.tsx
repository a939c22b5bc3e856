import { Button, Skeleton, Stack, VisuallyHidden } from '@mantine/core';
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
  children: (data: T) => ReactNode;
}

/** Loading and error views of whatever a page shows. Data that is there stays on screen when a later read fails, with the failure above it. */
export function Loaded<T>({ query, children }: Props<T>) {
  if (query.isPending) return <Loading />;
  return (
    <>
      {query.error !== null && (
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
