import { Button, Text } from '@mantine/core';
import { useSuspenseQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { sessionQuery, useLogOut } from './queries.ts';

/** Who is logged in, and the way out. */
export function Account() {
  const { data: me } = useSuspenseQuery(sessionQuery);
  const logOut = useLogOut();
  const navigate = useNavigate();
  return (
    <>
      <Text size="sm" title={`${me.email}, ${me.role}`}>
        {me.name}
      </Text>
      <Button
        variant="subtle"
        color="gray"
        size="xs"
        loading={logOut.isPending}
        onClick={() => logOut.mutate(undefined, { onSuccess: () => void navigate({ to: '/login' }) })}
      >
        Log out
      </Button>
    </>
  );
}
