import { Fragment } from 'react';

/** A long e-mail address breaks before its @ rather than anywhere. */
export function Breakable({ text }: { text: string }) {
  const [before, ...parts] = text.split(/(?=@)/);
  return (
    <>
      {before}
      {parts.map((part, place) => (
        <Fragment key={place}>
          <wbr />
          {part}
        </Fragment>
      ))}
    </>
  );
}
