import { Modal, Text, TextInput } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { IconSearch } from '../../components/icons.tsx';
import { useQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useId, useState, type KeyboardEvent } from 'react';
import { foundCustomersQuery } from '../../api/customers.ts';
import { commandsFor, type Command } from './commands.ts';
import { Keys } from './keyboard-help.tsx';
import classes from './command-palette.module.css';

const customersShown = 6;
const restMs = 200;

/** Screens and acts by their names, and customers by whatever they are found by. */
export function CommandPalette({ commands, onClose }: { commands: readonly Command[]; onClose: () => void }) {
  const [typed, setTyped] = useState('');
  const [at, setAt] = useState(0);
  const listId = useId();
  const found = [...commandsFor(typed, commands), ...useCustomerCommands(typed)];
  const current = Math.min(at, found.length - 1);

  const run = (command: Command | undefined) => {
    if (!command) return;
    onClose();
    command.run();
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step !== undefined) {
      event.preventDefault();
      setAt((current + step + found.length) % Math.max(1, found.length));
    } else if (event.key === 'Enter') {
      event.preventDefault();
      run(found[current]);
    }
  };
  return (
    <Modal.Root opened onClose={onClose} size="lg" transitionProps={{ duration: 0 }}>
      <Modal.Overlay />
      <Modal.Content aria-label="Go to">
        <Modal.Body p={0}>
          <TextInput
            data-autofocus
            role="combobox"
            aria-label="Go to a screen or a customer"
            aria-expanded
            aria-controls={listId}
            aria-activedescendant={found[current] && `${listId}-${current}`}
            autoComplete="off"
            placeholder="A screen, an act, or a customer’s name, phone or id"
            leftSection={<IconSearch size={18} aria-hidden />}
            size="md"
            variant="unstyled"
            className={classes.input}
            value={typed}
            onChange={({ currentTarget }) => {
              setTyped(currentTarget.value);
              setAt(0);
            }}
            onKeyDown={onKeyDown}
          />
          <ul id={listId} role="listbox" aria-label="What was found" className={classes.list}>
            {found.map((command, place) => (
              <li
                key={command.id}
                id={`${listId}-${place}`}
                role="option"
                aria-selected={place === current}
                className={classes.option}
                ref={place === current ? (line) => line?.scrollIntoView({ block: 'nearest' }) : undefined}
                onPointerMove={() => setAt(place)}
                onClick={() => run(command)}
              >
                <span>{command.label}</span>
                {command.keys && (
                  <Text span size="xs" c="dimmed">
                    <Keys keys={command.keys} />
                  </Text>
                )}
              </li>
            ))}
          </ul>
          {found.length === 0 && (
            <Text c="dimmed" px="md" pb="md" role="status">
              Nothing is called so, and no customer is found by it.
            </Text>
          )}
        </Modal.Body>
      </Modal.Content>
    </Modal.Root>
  );
}

function useCustomerCommands(typed: string): Command[] {
  const navigate = useNavigate();
  const [search] = useDebouncedValue(typed.trim(), restMs);
  const query = useQuery({ ...foundCustomersQuery(search), enabled: search.length >= 2 });
  if (search.length < 2) return [];
  return (query.data?.customers ?? []).slice(0, customersShown).map(({ customerId, display, phone, address }) => ({
    id: `customer ${customerId}`,
    label: [display || customerId, address || phone].filter(Boolean).join(', '),
    run: () => void navigate({ to: '/customers/$id', params: { id: customerId } }),
  }));
}
