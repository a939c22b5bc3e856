import type { Overview } from '@cinch/api-contract';
import { useQuery } from '@tanstack/react-query';
import { Link, type LinkProps } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { useMay } from '../../api/may.ts';
import classes from './overview-page.module.css';
import { reviewCountQuery } from './queries.ts';

interface Tile {
  label: string;
  figure: number | null;
  /** The figure goes on: there are at least so many. */
  more?: boolean;
  note: string;
  /** Something waits for a person, not for the hub. */
  forPerson: boolean;
  to?: NonNullable<LinkProps['to']>;
}

/** What is open, by who has to do something about it; each tile leads to its list. */
export function WaitingTiles({ overview }: { overview: Overview }) {
  const reviews = useQuery(reviewCountQuery).data;
  const seesErrors = useMay('GET /api/v1/errors');
  const { line, field } = overview.errors;
  const sum = (of: (system: Overview['systems'][number]) => number) =>
    overview.systems.reduce((total, system) => total + of(system), 0);
  const tiles: Tile[] = [
    {
      label: 'Conflicts',
      figure: overview.conflicts.reduce((total, { open }) => total + open, 0),
      note: 'values a person decides',
      forPerson: true,
      to: '/conflicts',
    },
    {
      label: 'Match reviews',
      figure: reviews?.count ?? null,
      more: reviews?.more ?? false,
      note: 'maybe the same customer',
      forPerson: true,
      to: '/match-reviews',
    },
    {
      label: 'Change requests',
      figure: overview.changeRequests,
      note: 'ask a value’s owner',
      forPerson: true,
      to: '/change-requests',
    },
    {
      label: 'Errors',
      figure: line + field,
      note: `${line.toLocaleString('en')} records, ${field.toLocaleString('en')} fields not taken`,
      forPerson: true,
      ...(seesErrors && { to: '/errors' }),
    },
    {
      label: 'Waiting lines',
      figure: sum(({ waiting }) => waiting),
      note: 'accepted, to be taken in',
      forPerson: false,
      to: '/systems',
    },
    {
      label: 'Waiting changes',
      figure: sum(({ dirty }) => dirty),
      note: 'go out with a refresh',
      forPerson: false,
      to: '/refreshes',
    },
  ];
  return (
    <ul className={classes.tiles} aria-label="What is open">
      {tiles.map(({ label, figure, more, note, forPerson, to }) => (
        <li key={label}>
          <TileFrame to={to} isZero={!figure} waits={forPerson && !!figure}>
            {label}
            <span className={classes.tileFigure}>
              {figure === null ? '…' : figure.toLocaleString('en')}
              {more && '+'}
            </span>
            <span className={classes.tileNote}>{note}</span>
          </TileFrame>
        </li>
      ))}
    </ul>
  );
}

function TileFrame(props: { to: Tile['to']; isZero: boolean; waits: boolean; children: ReactNode }) {
  const look = { className: classes.tile, 'data-zero': props.isZero, 'data-waits': props.waits };
  if (props.to === undefined) return <span {...look}>{props.children}</span>;
  return (
    <Link to={props.to} {...look}>
      {props.children}
    </Link>
  );
}
