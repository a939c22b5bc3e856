const format = new Intl.DateTimeFormat('en-GB', {
  day: 'numeric',
  month: 'short',
  year: 'numeric',
  hour: '2-digit',
  minute: '2-digit',
});
const exact = new Intl.DateTimeFormat('en-GB', { dateStyle: 'full', timeStyle: 'long' });

/** An instant in the reader's own zone; the pointer shows it to the second, with the zone. */
export function Time({ at }: { at: string }) {
  const instant = new Date(at);
  return (
    <time dateTime={at} title={exact.format(instant)} style={{ whiteSpace: 'nowrap' }}>
      {format.format(instant).replace(',', '')}
    </time>
  );
}
