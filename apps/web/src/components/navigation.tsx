import type { RouteName } from '@cinch/api-contract';
import type { Icon } from './icons.tsx';
import { Link, type LinkProps } from '@tanstack/react-router';
import type { ComponentType } from 'react';
import classes from './navigation.module.css';

interface NavigationEntry {
  to: NonNullable<LinkProps['to']>;
  label: string;
  Icon: Icon;
  /** The letter that leads here after a G. */
  letter: string;
  /** What waits there, beside the label. */
  Count?: ComponentType;
  /** The call without which the screen shows nothing; everybody who can log in may open it, when it is left out. */
  needs?: RouteName;
}

export interface NavigationGroup {
  title: string;
  entries: readonly NavigationEntry[];
}

/** The groups as an account sees them that may make these calls: what it may not open is not offered. */
export function seenBy(may: readonly string[], groups: readonly NavigationGroup[]): NavigationGroup[] {
  return groups
    .map(({ title, entries }) => ({
      title,
      entries: entries.filter(({ needs }) => needs === undefined || may.includes(needs)),
    }))
    .filter(({ entries }) => entries.length > 0);
}

export function Navigation({ groups, id, open }: { groups: readonly NavigationGroup[]; id: string; open: boolean }) {
  return (
    <nav id={id} aria-label="Main" className={classes.nav} data-open={open}>
      {groups.map(({ title, entries }) => (
        <div key={title} role="group" aria-label={title} className={classes.group}>
          <span className={classes.title} aria-hidden>
            {title}
          </span>
          {entries.map(({ to, label, Icon, Count }) => (
            <Link
              key={label}
              to={to}
              className={classes.link}
              activeOptions={{ exact: to === '/', includeSearch: false }}
            >
              <Icon size={18} stroke={1.6} aria-hidden />
              <span className={classes.label}>{label}</span>
              {Count && <Count />}
            </Link>
          ))}
        </div>
      ))}
    </nav>
  );
}
