import classes from './system-name.module.css';

/** A system's name behind a dot of its own colour, so that the eye finds one system's values down a page. */
export function SystemName({ code, name }: { code: string; name: string }) {
  return (
    <span className={classes.system}>
      <span className={classes.dot} data-hue={hueOf(code)} aria-hidden />
      {name}
    </span>
  );
}

function hueOf(code: string): number {
  let sum = 0;
  for (const letter of code) sum = (sum * 7 + letter.charCodeAt(0)) % 6;
  return sum;
}
