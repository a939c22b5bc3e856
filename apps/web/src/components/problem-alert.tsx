import { Alert, List } from '@mantine/core';
import { IconAlertTriangle } from './icons.tsx';
import { problemOf } from '../api/problem-error.ts';

interface Props {
  error: unknown;
  title?: string;
  /** It can be sent all the same. */
  isWarning?: boolean;
}

/** What went wrong, and what to do: both come from the hub. Nothing is shown while there is no error. */
export function ProblemAlert({ error, title, isWarning }: Props) {
  if (!error) return null;
  const problem = problemOf(error);
  return (
    <Alert
      role="alert"
      color={isWarning ? 'amber' : 'red'}
      icon={<IconAlertTriangle aria-hidden />}
      title={title ?? problem.title}
    >
      {problem.detail}
      {/* A single mistake may be what the detail says already. */}
      {problem.errors?.some((mistake) => !problem.detail.includes(mistake.detail)) && (
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
