import { Alert, List } from '@mantine/core';
import { IconAlertTriangle } from './icons.tsx';
import { problemOf } from '../api/problem-error.ts';

/** What went wrong, and what to do: both come from the hub. Nothing is shown while there is no error. */
export function ProblemAlert({ error, title }: { error: unknown; title?: string }) {
  if (!error) return null;
  const problem = problemOf(error);
  return (
    <Alert role="alert" color="red" icon={<IconAlertTriangle aria-hidden />} title={title ?? problem.title}>
      {problem.detail}
      {/* A single mistake is what the detail says already. */}
      {problem.errors && problem.errors.length > 1 && (
        <List size="sm" mt="xs">
          {problem.errors.map((mistake) => (
            <List.Item key={`${mistake.path} ${mistake.code}`}>
              {mistake.path && `${mistake.path}: `}
              {mistake.detail}
            </List.Item>
          ))}
        </List>
      )}
    </Alert>
  );
}
