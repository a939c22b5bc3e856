import type { Hold } from '@cinch/api-contract';
import { entriesOf, inboundWindowMs, type Model, type NewsSubject, type Words } from '@cinch/canonical-model';
import type { SeenOfRow, SeenOfSystem } from '../../stages/records/holds.store.ts';
import type { MuchChanged } from '../../stages/records/inbound.store.ts';
import type { Newcomer } from '../../stages/records/newcomers.store.ts';
import type { MaybeSomebodyElse } from '../../stages/records/persons.store.ts';
import { tellingValues } from '../match-reviews/telling-values.ts';

export type Seen = SeenOfRow | SeenOfSystem | MuchChanged | Newcomer | MaybeSomebodyElse;

/** What was seen, in one sentence. */
export function questionOf(
  { systemName, rows, passed }: Pick<Hold, 'systemName' | 'rows' | 'passed'>,
  seen: Seen,
  model: Model,
): string {
  if (seen.code === 'changed-much') {
    const what = seen.subjects.map((subject) => subjectWords(subject, model)).join(', ');
    const usual = seen.usual > 0 ? `${seen.usual} at most` : 'hardly any';
    return `${systemName} changed ${what} of ${rows + passed} of ${seen.of} records within ${inboundWindowMs / 60_000} minutes; usual is ${usual}. Let it in, or throw it back?`;
  }
  if (seen.code === 'newcomer') {
    const each = Object.entries(seen.attributes).map(([subject, n]) => `${model.labelOf(subject)} of ${n}`);
    return `${systemName} is new, and would change ${rows} customers that others told of${each.length > 0 ? `: ${each.join(', ')}` : ''}. Let it in, or throw it back?`;
  }
  if (seen.code === 'somebody-else') {
    const row = seen.sourceId === null ? 'A row' : `Row ${seen.sourceId}`;
    return `${row} of ${systemName} contradicts what it said before of who it is: maybe somebody else now.`;
  }
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

/** What a record says of who it is, as it is read. */
export function readingOf({ values }: Words, model: Model): NonNullable<Hold['readings']>['before'] {
  const said = Object.fromEntries(entriesOf(values).map(([id, value]) => [id, { value }]));
  return tellingValues(said, model);
}

function subjectWords(subject: NewsSubject, model: Model): string {
  if (subject === 'others') return 'customers of others';
  if (subject === 'kind') return 'the kind';
  return subject === 'end' ? 'the end' : model.labelOf(subject);
}
