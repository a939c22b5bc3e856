import type { LinkMade } from '@cinch/api-contract';
import { ShownOnce } from '../../components/shown-once.tsx';
import { Time } from '../../components/time.tsx';

/** The link that a person chooses a password by. */
export function LinkShown({ made, onDone }: { made: LinkMade; onDone: () => void }) {
  const { user, purpose, token, expiresAt } = made;
  return (
    <ShownOnce
      title={purpose === 'invite' ? `${user.name} is invited` : `A link for ${user.name}`}
      secret={`${window.location.origin}/link#${token}`}
      noun="link"
      onDone={onDone}
    >
      Hand it to {user.name} by a way that you trust. It is shown only now, works once, and expires{' '}
      <Time at={expiresAt} />.
    </ShownOnce>
  );
}
