import type { SeenOfRow } from '../../stages/records/holds.store.ts';

/** What was seen, in one sentence. */
export function questionOf(systemName: string, { code, sourceId, version, known }: SeenOfRow): string {
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
