import { ActionIcon } from '@mantine/core';
import { IconMenu2, IconX } from './icons.tsx';
import { useLocation } from '@tanstack/react-router';
import { useEffect, useRef, useState, type ReactNode } from 'react';
import { ColourSchemeToggle } from './colour-scheme-toggle.tsx';
import classes from './console-frame.module.css';
import { Navigation, type NavigationGroup } from './navigation.tsx';
import { Wordmark } from './wordmark.tsx';

interface Props {
  navigation: readonly NavigationGroup[];
  /** In the middle of the header: the way to everything by typing. */
  search: ReactNode;
  account: ReactNode;
  /** Above every page: what is wrong with the console as a whole. */
  banner: ReactNode;
  children: ReactNode;
}

/** Header, navigation at the side, and the page beside it. On a narrow screen the navigation is behind a button. */
export function ConsoleFrame({ navigation, search, account, banner, children }: Props) {
  const main = useRef<HTMLElement>(null);
  const path = useLocation({ select: ({ pathname }) => pathname });
  const shown = useRef(path);
  const [openAt, setOpenAt] = useState<string | null>(null);
  // Whoever went somewhere wants to see it: the open menu belongs to the page on which it was opened.
  const isOpen = openAt === path;
  // A screen reader or a keyboard goes on at the new page's start, not at the link that led there.
  useEffect(() => {
    if (shown.current !== path) main.current?.focus({ preventScroll: true });
    shown.current = path;
  }, [path]);
  return (
    <>
      <a
        href="#content"
        className={classes.skip}
        // What is searched for stands behind the # of the address, and would be lost.
        onClick={(event) => {
          event.preventDefault();
          main.current?.focus();
        }}
      >
        Skip to the content
      </a>
      <header className={classes.header}>
        <ActionIcon
          className={classes.menu}
          variant="subtle"
          color="gray"
          size="lg"
          aria-label={isOpen ? 'Close the menu' : 'Open the menu'}
          aria-expanded={isOpen}
          aria-controls="navigation"
          onClick={() => setOpenAt(isOpen ? null : path)}
        >
          {isOpen ? <IconX size={18} /> : <IconMenu2 size={18} />}
        </ActionIcon>
        <Wordmark />
        {search}
        <div className={classes.account}>
          <ColourSchemeToggle />
          {account}
        </div>
      </header>
      {banner}
      <div className={classes.body}>
        <Navigation id="navigation" groups={navigation} open={isOpen} />
        <main id="content" ref={main} tabIndex={-1} className={classes.main}>
          {children}
        </main>
      </div>
    </>
  );
}
