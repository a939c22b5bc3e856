import classes from './wordmark.module.css';

export function Wordmark() {
  return (
    <span className={classes.wordmark}>
      <svg viewBox="0 0 32 32" width="26" height="26" aria-hidden>
        <rect width="32" height="32" rx="8" fill="var(--mantine-color-lagoon-8)" />
        <path
          d="M7 8c0 6 5 5.500 9 8-4 2.500-9 2-9 8M25 8c0 6-5 5.500-9 8 4 2.500 9 2 9 8"
          fill="none"
          stroke="#fff"
          strokeWidth="3"
          strokeLinecap="round"
        />
      </svg>
      Cinch
    </span>
  );
}
