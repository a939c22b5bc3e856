const format = new Intl.DateTimeFormat('en-GB', {
  day: 'numeric',
  month: 'short',
  year: 'numeric',
  hour: '2-digit',
  minute: '2-digit',
});
const second = new Intl.DateTimeFormat('en-GB', { second: '2-digit' });
const exact = new Intl.DateTimeFormat('en-GB', { dateStyle: 'full', timeStyle: 'long' });

/** An instant in the reader's own zone; the pointer shows it with the zone. `seconds`: where the order within a minute matters. */
export function Time({ at, seconds = false }: { at: string | null; seconds?: boolean }) {
  if (at === null) return <span title="Its system came with this value and stated no time.">no time stated</span>;
  const instant = new Date(at);
  return (
    <time dateTime={at} title={exact.format(instant)} style={{ whiteSpace: 'nowrap' }}>
      {format.format(instant).replace(',', '')}
      {seconds && `:${second.format(instant).padStart(2, '0')}`}
    </time>
  );
}
