import type { AttributeDocument, CanonicalModel, ItemListDocument } from './canonical-model.ts';
import { problem, type ModelProblem } from './model-problem.ts';
import type { Placed } from './validate-canonical-model.ts';

interface Proposed {
  attributes: readonly Placed<AttributeDocument>[];
  lists: readonly Placed<ItemListDocument>[];
  /** All entries have their form. */
  isWhole: boolean;
}

/** What was declared once is declared for ever, as it was: else what is stored could not be read any more. */
export function keptProblems({ attributes, lists, isWhole }: Proposed, before: CanonicalModel): ModelProblem[] {
  const gone = (id: string, name: string) =>
    problem(`/${name}`, 'taken-out', `${id} is missing. Leave it in; write "retired": true where it is not wanted.`);
  return [
    ...before.attributes.flatMap((old) => {
      const now = attributes.find(({ entry }) => entry.id === old.id);
      if (!now) return isWhole ? [gone(old.id, 'attributes')] : [];
      return [
        ...changed(now.at, old, now.entry, 'number', 'A number is given once'),
        ...changed(now.at, old, now.entry, 'shape', 'A shape never changes'),
        ...changed(now.at, old, now.entry, 'level', 'A level never changes'),
        ...changed(now.at, old, now.entry, 'scheme', 'A scheme never changes'),
        ...changed(now.at, old, now.entry, 'codeSet', 'The set of a code never changes'),
      ];
    }),
    ...before.lists.flatMap((old) => {
      const now = lists.find(({ entry }) => entry.id === old.id);
      if (!now) return isWhole ? [gone(old.id, 'lists')] : [];
      return [
        ...changed(now.at, old, now.entry, 'number', 'A number is given once'),
        ...changed(now.at, old, now.entry, 'group', 'A group never changes'),
        ...changed(now.at, old, now.entry, 'key', 'What items are known by never changes'),
        ...memberProblems(now, old),
      ];
    }),
    ...reused(attributes, before.lists),
    ...reused(lists, before.attributes),
  ];
}

function changed<Entry extends object>(
  at: string,
  old: Entry,
  now: Entry,
  member: keyof Entry & string,
  why: string,
): ModelProblem[] {
  if (JSON.stringify(old[member]) === JSON.stringify(now[member])) return [];
  const detail = `${why}: it was ${JSON.stringify(old[member])}. Retire this one and add another.`;
  return [problem(`${at}/${member}`, 'changed', detail)];
}

function memberProblems({ at, entry }: Placed<ItemListDocument>, old: ItemListDocument): ModelProblem[] {
  return old.members.flatMap((member) => {
    const index = entry.members.findIndex(({ id }) => id === member.id);
    if (index < 0) return [problem(`${at}/members`, 'taken-out', `The member ${member.id} is missing. Leave it in.`)];
    return [
      ...changed(`${at}/members/${index}`, member, entry.members[index]!, 'shape', 'A shape never changes'),
      ...changed(`${at}/members/${index}`, member, entry.members[index]!, 'codeSet', 'The set of a code never changes'),
      ...changed(`${at}/members/${index}`, member, entry.members[index]!, 'scheme', 'A scheme never changes'),
      ...(entry.members[index]!.needed && !member.needed
        ? [
            problem(
              `${at}/members/${index}/needed`,
              'changed',
              'Items without it may be stored: it cannot be needed now.',
            ),
          ]
        : []),
    ];
  });
}

/** An attribute does not become a list, nor a list an attribute. */
function reused(
  now: readonly Placed<{ id: string; number: number }>[],
  others: readonly { id: string; number: number }[],
): ModelProblem[] {
  return now.flatMap(({ at, entry }) => {
    const same = others.find(({ id, number }) => id === entry.id || number === entry.number);
    return same ? [problem(at, 'changed', `${same.id} (number ${same.number}) was declared as something else.`)] : [];
  });
}
