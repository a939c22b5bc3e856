import type { LinkMade, User } from '@cinch/api-contract';
import { notifications } from '@mantine/notifications';
import type { ReactNode } from 'react';
import { ActDialog } from '../../components/act-dialog.tsx';
import type { UserAct } from './queries.ts';
import { InviteForm, LinkForm, RoleForm, StateForm } from './user-forms.tsx';

interface Props {
  open: UserAct;
  /** Whom the URL names; undefined when there is nobody of that id. */
  user: User | undefined;
  onLink: (made: LinkMade) => void;
  onDone: () => void;
}

/** The dialog of the act that the URL names. */
export function OpenUserAct({ open: { act }, user, onLink, onDone }: Props) {
  const done = (said?: string) => {
    if (said !== undefined) notifications.show({ message: said, closeButtonProps: { 'aria-label': 'Close' } });
    onDone();
  };
  const dialog = (title: string, form: ReactNode) => (
    <ActDialog title={title} onClose={onDone}>
      {form}
    </ActDialog>
  );
  if (act === 'invite') return dialog('Invite a person', <InviteForm onDone={() => done()} onLink={onLink} />);
  if (act === undefined || user === undefined) return null;
  switch (act) {
    case 'role':
      return dialog(`Role of ${user.name}`, <RoleForm user={user} onDone={done} />);
    case 'link':
      return dialog(`A link for ${user.name}`, <LinkForm user={user} onDone={() => done()} onLink={onLink} />);
    case 'disable':
      return dialog(`Disable ${user.name}`, <StateForm user={user} act={act} onDone={done} />);
    case 'enable':
      return dialog(`Enable ${user.name}`, <StateForm user={user} act={act} onDone={done} />);
    case 'remove':
      return dialog(`Remove ${user.name}`, <StateForm user={user} act={act} onDone={done} />);
  }
}
