import { Group, Modal } from '@mantine/core';
import { useEffect, useState, type ReactNode } from 'react';

interface Props {
  title: string;
  onClose: () => void;
  children: ReactNode;
}

/** An act that a person thinks over: it is open while the URL says so. */
export function ActDialog({ title, onClose, children }: Props) {
  useFocusBack();
  return (
    <Modal.Root opened onClose={onClose} size="lg" transitionProps={{ duration: 0 }}>
      <Modal.Overlay />
      <Modal.Content>
        <Modal.Body pt="md">
          {/* Mantine's own header is a header element: a second banner to those who hear the page. */}
          <Group justify="space-between" wrap="nowrap" mb="md">
            <Modal.Title fw={600}>{title}</Modal.Title>
            <Modal.CloseButton aria-label="Close" />
          </Group>
          {children}
        </Modal.Body>
      </Modal.Content>
    </Modal.Root>
  );
}

/** The keyboard goes on where it was when the dialog opened; where that is gone, at the page's content. */
function useFocusBack() {
  const [opener] = useState(() => document.activeElement);
  useEffect(
    () => () => {
      const isThere = opener instanceof HTMLElement && opener.isConnected && opener !== document.body;
      const back = isThere ? opener : document.getElementById('content');
      back?.focus({ preventScroll: true });
    },
    [opener],
  );
}
