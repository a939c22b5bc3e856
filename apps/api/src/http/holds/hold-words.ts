import type { SeenOfRow, SeenOfSystem } from '../../stages/records/holds.store.ts';

/** What was seen, in one sentence. */
export function questionOf(systemName: string, seen: SeenOfRow | SeenOfSystem): string {
  if (seen.code === 'many-rows') return `${seen.rows} rows of ${systemName} look at once as if it had been set back.`;
  if (seen.code === 'gone-and-back')
    return `${seen.gone} rows of ${systemName} were gone at once, and ${seen.back} that had ended were back.`;
  const { code, sourceId, version, known } = seen;
  const row = sourceId === null ? 'a row' : `row ${sourceId}`;
  switch (code) {
    case 'row-differs':
      return `${systemName} pushed ${row} twice at version ${version}, each time with other content.`;
    case 'changed-later':
      return `${systemName} changed ${row} after version ${known} was known, and called that version ${version}.`;
    case 'event-differs':
      return `${systemName} told of two different growths of ${row} at version ${version}.`;
    case 'read-below':
      return `${row === 'a row' ? 'A row' : `Row ${sourceId}`} of ${systemName} is at version ${version}, though version ${known} was known before.`;
  }
}
