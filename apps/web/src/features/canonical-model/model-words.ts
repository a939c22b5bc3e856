import type { ShapeList } from '@cinch/api-contract';
import type { Difference } from '../../components/versions/version-difference.tsx';
import { codesAsText, entriesOf } from './model-edit.ts';
import { isList, type CanonicalModel, type CodeSet, type Entry } from '../../api/canonical-model-shape.ts';

export const sensitivities = [
  { value: 'personal', label: 'Personal: whoever reads customers' },
  { value: 'sensitive', label: 'Sensitive: stewards and admins' },
  { value: 'confidential', label: 'Confidential: revealed one by one' },
];

export const levels = [
  { value: 'customer', label: 'The customer' },
  { value: 'account', label: 'The account in a system' },
];

export const kindChoices = [
  { value: 'both', label: 'Persons and organisations' },
  { value: 'person', label: 'Persons' },
  { value: 'organization', label: 'Organisations' },
];

export function kindsInWords(kinds: readonly string[]): string {
  const chosen = kinds.length === 1 ? kinds[0] : 'both';
  return kindChoices.find(({ value }) => value === chosen)?.label ?? kinds.join(', ');
}

/** What values of it are: the shape, or the members of a list's items. */
export function shapeInWords(entry: Entry, { shapes }: ShapeList): string {
  const label = (id: string) => shapes.find(({ shape }) => shape === id)?.label ?? id;
  if (!isList(entry)) {
    const of = entry.scheme ?? entry.codeSet;
    return label(entry.shape) + (of ? ` (${of})` : '');
  }
  const group = entry.group ? [label(entry.group)] : [];
  return `List: ${[...group, ...entry.members.map((member) => member.label)].join(', ')}`;
}

export function roleInWords(role: string | undefined, { roles }: ShapeList): string {
  return role === undefined ? 'Nothing' : (roles.find((one) => one.role === role)?.label ?? role);
}

function told(entry: Entry, shapes: ShapeList): string {
  const { label, description, sensitivity, kinds, matching, retired } = entry;
  const level = isList(entry) || entry.level === 'customer' ? [] : ['of the account'];
  const columns = isList(entry) || entry.columns.length === 0 ? [] : [`columns ${entry.columns.join(', ')}`];
  return [
    label,
    shapeInWords(entry, shapes),
    ...level,
    sensitivity,
    kindsInWords(kinds).toLowerCase(),
    `tells matching: ${roleInWords(matching, shapes).toLowerCase()}`,
    ...columns,
    ...(description ? [description] : []),
    ...(retired ? ['retired'] : []),
  ].join(' · ');
}

/** What the one says otherwise than the other, entry by entry. */
export function modelDifferences(before: CanonicalModel, after: CanonicalModel, shapes: ShapeList): Difference[] {
  const was = new Map(entriesOf(before).map((one) => [one.id, one]));
  const is = new Map(entriesOf(after).map((one) => [one.id, one]));
  const entries = [...new Set([...was.keys(), ...is.keys()])].flatMap((id): Difference[] => {
    const [one, other] = [was.get(id), is.get(id)];
    const [then, now] = [one && told(one, shapes), other && told(other, shapes)];
    if (then === now && JSON.stringify(one) === JSON.stringify(other)) return [];
    return [{ of: other?.label ?? one!.label, before: then ?? 'not there', after: now ?? 'not there' }];
  });
  return [...entries, ...setDifferences(before, after)];
}

/** What is compared code by code is told as the codes that differ. */
function setDifferences(before: CanonicalModel, after: CanonicalModel): Difference[] {
  const codesOf = (model: CanonicalModel, id: string) => model.codeSets.find((one) => one.id === id)?.codes ?? [];
  const ids = new Set([...before.codeSets, ...after.codeSets].map(({ id }) => id));
  return [...ids].flatMap((id) => {
    const [was, is] = [codesOf(before, id), codesOf(after, id)];
    const lines = (codes: CodeSet['codes']) => codesAsText(codes).split('\n');
    const [then, now] = [lines(was), lines(is)];
    const only = (own: string[], other: string[]) => own.filter((line) => !other.includes(line)).join(', ');
    const [gone, added] = [only(then, now), only(now, then)];
    if (gone === '' && added === '') return [];
    const unchanged = was.length === 0 ? 'not there' : `${was.length} codes`;
    return [{ of: `Code set ${id}`, before: gone || unchanged, after: added || 'without them' }];
  });
}
