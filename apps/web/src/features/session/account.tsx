import { Button } from '@mantine/core';
import { useSuspenseQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { TextLink } from '../../components/link.tsx';
import { roleInWords } from '../../texts.ts';
import { sessionQuery, useLogOut } from '../../api/session.ts';

/** Who is logged in, and the way out. */
export function Account() {
  const { data: me } = useSuspenseQuery(sessionQuery);
  const logOut = useLogOut();
  const navigate = useNavigate();
  return (
    <>
      <TextLink to="/account" size="sm" title={`${me.email}, ${roleInWords(me.role)}`}>
        {me.name}
      </TextLink>
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
