import { Button, Kbd, useComputedColorScheme, useMantineColorScheme } from '@mantine/core';
import { IconSearch } from '../../components/icons.tsx';
import { useNavigate } from '@tanstack/react-router';
import { lazy, Suspense, useState } from 'react';
import type { NavigationGroup } from '../../components/navigation.tsx';
import type { Command } from './commands.ts';
import { useShortcuts } from './use-shortcuts.ts';

const CommandPalette = lazy(async () => ({ default: (await import('./command-palette.tsx')).CommandPalette }));
const KeyboardHelp = lazy(async () => ({ default: (await import('./keyboard-help.tsx')).KeyboardHelp }));

/** The button that opens the palette, and the keys that work everywhere. */
export function CommandBar({ groups }: { groups: readonly NavigationGroup[] }) {
  const [open, setOpen] = useState<'palette' | 'help' | null>(null);
  const { setColorScheme } = useMantineColorScheme();
  const other = useComputedColorScheme('light') === 'light' ? 'dark' : 'light';
  const navigate = useNavigate();
  const commands: Command[] = [
    ...groups.flatMap(({ entries }) =>
      entries.map(({ to, label, letter }) => ({
        id: to,
        label,
        keys: ['G', letter.toUpperCase()],
        run: () => void navigate({ to }),
      })),
    ),
    {
      id: 'colours',
      label: `Use the ${other} colours`,
      words: 'theme scheme light dark',
      run: () => setColorScheme(other),
    },
    { id: 'help', label: 'Show the keys', words: 'keyboard help shortcuts', keys: ['?'], run: () => setOpen('help') },
  ];
  const palette: Command = { id: 'palette', label: 'Go to', keys: ['mod+K'], run: () => setOpen('palette') };
  const all = [palette, ...commands];
  useShortcuts(all);
  const close = () => setOpen(null);
  return (
    <>
      <Button
        variant="default"
        size="xs"
        leftSection={<IconSearch size={14} aria-hidden />}
        rightSection={
          <Kbd size="xs" aria-hidden>
            Ctrl K
          </Kbd>
        }
        aria-keyshortcuts="Control+K Meta+K"
        onClick={palette.run}
      >
        Go to
      </Button>
      <Suspense fallback={null}>
        {open === 'palette' && <CommandPalette commands={commands} onClose={close} />}
        {open === 'help' && <KeyboardHelp commands={all} onClose={close} />}
      </Suspense>
    </>
  );
}
