import type { RefreshRun, RunCounts } from '@cinch/api-contract';
import { TextLink } from '../../components/link.tsx';
import { itemFilter, type ItemFilter } from '../../components/runs/item-filter.ts';
import classes from './run-figures.module.css';

interface Figure {
  count: keyof RunCounts;
  label: string;
  what: string;
  /** The rows that are counted, where they are items of the run. */
  items?: Pick<ItemFilter, 'kind' | 'outcome'>;
}

const figures: readonly Figure[] = [
  { count: 'listed', label: 'Listed', what: 'rows that the system listed' },
  { count: 'compared', label: 'Compared', what: 'rows that were held against their view' },
  { count: 'same', label: 'Same', what: 'held their view already' },
  { count: 'heard', label: 'Heard', what: 'newer than the hub knew: taken in first' },
  { count: 'drifted', label: 'Drifted', what: 'changed unnoticed: to be overwritten' },
  { count: 'create', label: 'To create', what: 'records the system lacks', items: { kind: 'create' } },
  { count: 'change', label: 'To change', what: 'records with other values', items: { kind: 'change' } },
  { count: 'changedSince', label: 'Changed since', what: 'sent otherwise than the plan that was looked at' },
  { count: 'applied', label: 'Applied', what: 'sent and stored as sent', items: { outcome: 'stored' } },
  {
    count: 'parked',
    label: 'Parked',
    what: 'sent, and changed or refused by the system',
    items: { outcome: 'parked' },
  },
  { count: 'failed', label: 'Failed', what: 'could not be sent', items: { outcome: 'failed' } },
  {
    count: 'overtaken',
    label: 'Overtaken',
    what: 'the row had changed meanwhile: heard, and planned anew',
    items: { outcome: 'mismatch' },
  },
  { count: 'withdrawn', label: 'Withdrawn', what: 'not sent: not needed any more', items: { outcome: 'withdrawn' } },
  { count: 'waiting', label: 'Waiting', what: 'values that wait for a person', items: { kind: 'waiting' } },
  { count: 'missing', label: 'Missing', what: 'no longer listed by the system', items: { kind: 'missing' } },
  { count: 'surplus', label: 'Surplus', what: 'should not be there any more', items: { kind: 'surplus' } },
  { count: 'withheld', label: 'Withheld', what: 'not created: maybe there already', items: { kind: 'withheld' } },
  {
    count: 'doubled',
    label: 'Doubled',
    what: 'beside another row of one customer, where the hub made one',
    items: { kind: 'doubled' },
  },
  { count: 'held', label: 'Held', what: 'not written: a person is asked about them', items: { kind: 'held' } },
  {
    count: 'inexpressible',
    label: 'Inexpressible',
    what: 'values that the system cannot say',
    items: { kind: 'inexpressible' },
  },
  {
    count: 'notCompared',
    label: 'Not compared',
    what: 'values of which nobody can say that they are equal',
    items: { kind: 'not-compared' },
  },
];

/** What the run counted; each number of items leads to them in the table below. */
export function RunFigures({ run: { counts } }: { run: RefreshRun }) {
  return (
    <dl className={classes.figures} aria-label="Counts">
      {figures.map(({ count, label, what, items }) => (
        <div key={count} data-zero={counts[count] === 0}>
          <dt>{label}</dt>
          <dd>
            <span className={classes.figure}>
              {items && counts[count] > 0 ? (
                <TextLink to="." search={itemFilter.parse(items)} resetScroll={false} inherit underline="hover">
                  {counts[count].toLocaleString('en')}
                </TextLink>
              ) : (
                counts[count].toLocaleString('en')
              )}
            </span>
            <span className={classes.what}>{what}</span>
          </dd>
        </div>
      ))}
    </dl>
  );
}
