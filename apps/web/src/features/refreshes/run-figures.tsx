import type { RefreshRun, RunCounts } from '@cinch/api-contract';
import classes from './run-figures.module.css';

const figures: readonly { count: keyof RunCounts; label: string; what: string }[] = [
  { count: 'listed', label: 'Listed', what: 'rows that the system listed' },
  { count: 'same', label: 'Same', what: 'hold their view already' },
  { count: 'heard', label: 'Heard', what: 'newer than the hub knew: taken in first' },
  { count: 'drifted', label: 'Drifted', what: 'changed unnoticed: to be overwritten' },
  { count: 'create', label: 'To create', what: 'records the system lacks' },
  { count: 'change', label: 'To change', what: 'records with other values' },
  { count: 'missing', label: 'Missing', what: 'no longer listed by the system' },
  { count: 'surplus', label: 'Surplus', what: 'should not be there any more' },
  { count: 'withheld', label: 'Withheld', what: 'not created: maybe there already' },
  { count: 'doubled', label: 'Doubled', what: 'beside another row of one customer, where the hub made one' },
  { count: 'held', label: 'Held', what: 'not written: a person is asked about them' },
  { count: 'changedSince', label: 'Changed since', what: 'sent otherwise than the plan that was looked at' },
  { count: 'applied', label: 'Applied', what: 'sent and stored as sent' },
  { count: 'parked', label: 'Parked', what: 'changed or refused by the system' },
  { count: 'failed', label: 'Failed', what: 'could not be sent' },
];

export function RunFigures({ run: { counts } }: { run: RefreshRun }) {
  return (
    <dl className={classes.figures} aria-label="Counts">
      {figures.map(({ count, label, what }) => (
        <div key={count} data-zero={counts[count] === 0}>
          <dt>{label}</dt>
          <dd>
            <span className={classes.figure}>{counts[count].toLocaleString('en')}</span>
            <span className={classes.what}>{what}</span>
          </dd>
        </div>
      ))}
    </dl>
  );
}
