import { Link, useLocation } from '@tanstack/react-router';
import { useEffect, useRef, type ReactNode } from 'react';
import { ColourSchemeToggle } from './colour-scheme-toggle.tsx';
import classes from './console-frame.module.css';

import { Wordmark } from './wordmark.tsx';

/** Header with navigation, and the page below it. */
export function ConsoleFrame(props: {
  conflictCount: ReactNode;
  requestCount: ReactNode;
  account: ReactNode;
  children: ReactNode;
}) {
  const main = useRef<HTMLElement>(null);
  const path = useLocation({ select: ({ pathname }) => pathname });
  const shown = useRef(path);
  // A screen reader or a keyboard goes on at the new page's start, not at the link that led there.
  useEffect(() => {
    if (shown.current !== path) main.current?.focus({ preventScroll: true });
    shown.current = path;
  }, [path]);
  return (
    <>
      <a href="#content" className={classes.skip}>
        Skip to the content
      </a>
      <header className={classes.header}>
        <div className={classes.bar}>
          <Wordmark />
          <nav aria-label="Main" className={classes.nav}>
            <Link to="/conflicts">Conflicts {props.conflictCount}</Link>
            <Link to="/match-reviews">Match reviews</Link>
            <Link to="/change-requests">Change requests {props.requestCount}</Link>
            <Link to="/pins">Pins</Link>
            <Link to="/customers">Customers</Link>
            <Link to="/refreshes">Refreshes</Link>
          </nav>
          <div className={classes.account}>
            <ColourSchemeToggle />
            {props.account}
          </div>
        </div>
      </header>
      <main id="content" ref={main} tabIndex={-1} className={classes.main}>
        {props.children}
      </main>
    </>
  );
}
