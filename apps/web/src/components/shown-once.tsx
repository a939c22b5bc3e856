import { Alert, Button, Code, CopyButton, Group, Stack } from '@mantine/core';
import { IconCheck, IconCopy } from './icons.tsx';
import type { ReactNode } from 'react';

interface Props {
  title: string;
  /** A key or a link that nobody can look up later. */
  secret: string;
  /** What it is called on the button: `key`. */
  noun: string;
  onDone: () => void;
  children: ReactNode;
}

/** A secret on its way to the one who needs it. */
export function ShownOnce({ title, secret, noun, onDone, children }: Props) {
  return (
    <Alert role="status" color="leaf" title={title}>
      <Stack gap="sm" align="flex-start">
        <div>{children}</div>
        <Code block tabIndex={0} aria-label={`The ${noun}`} style={{ maxWidth: '100%', overflowWrap: 'anywhere' }}>
          {secret}
        </Code>
        <Group gap="sm">
          <CopyButton value={secret}>
            {({ copied, copy }) => (
              <Button
                size="xs"
                onClick={copy}
                leftSection={copied ? <IconCheck size={14} aria-hidden /> : <IconCopy size={14} aria-hidden />}
              >
                {copied ? 'Copied' : `Copy the ${noun}`}
              </Button>
            )}
          </CopyButton>
          <Button size="xs" variant="default" onClick={onDone}>
            I have it
          </Button>
        </Group>
      </Stack>
    </Alert>
  );
}
