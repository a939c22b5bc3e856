import { Stack, Text } from '@mantine/core';
import { useSuspenseQuery } from '@tanstack/react-query';
import { PageFrame } from '../../components/page-frame.tsx';
import { Panel } from '../../components/panel.tsx';
import { roleInWords, roleMeans } from '../../texts.ts';
import { sessionQuery } from '../../api/session.ts';
import { PasswordForm } from './password-form.tsx';
import { SessionsPanel } from './sessions-panel.tsx';

export function AccountPage() {
  const { name, email, role } = useSuspenseQuery(sessionQuery).data;
  return (
    <PageFrame title="Your account">
      <Stack gap="md">
        <Panel title={name}>
          <Text>{email}</Text>
          <Text c="dimmed">
            {roleInWords(role)}. {roleMeans(role)}
          </Text>
        </Panel>
        <Panel title="Password">
          <PasswordForm />
        </Panel>
        <SessionsPanel />
      </Stack>
    </PageFrame>
  );
}
