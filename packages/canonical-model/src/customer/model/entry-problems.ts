import { isKnownScheme } from '../identifier-schemes.ts';
import { membersIn } from '../shapes/item-words.ts';
import { shapes, type ShapeId } from '../shapes/shapes.ts';
import type { AttributeDocument, ItemListDocument, MatchingRole } from './canonical-model.ts';
import { problem, type ModelProblem } from './model-problem.ts';
import type { Placed } from './validate-canonical-model.ts';

/** Which values can tell matching what. */
export const shapesOfRole: Readonly<Record<MatchingRole, readonly ShapeId[]>> = {
  name: ['name'],
  date: ['date'],
  contact: ['phone', 'email'],
  place: ['address'],
  identifier: ['identifier'],
  exclusiveIdentifier: ['identifier'],
  trait: ['text', 'code', 'yesNo', 'count', 'number'],
};

export function attributeProblems({ at, entry }: Placed<AttributeDocument>, sets: ReadonlySet<string>): ModelProblem[] {
  const { id, shape, level, matching, scheme, codeSet } = entry;
  const problems = [...idProblems(id, at)];
  if (level === 'account' && shapes[shape].sum === null && shapes[shape].order === null) {
    const fitting = Object.keys(shapes).filter((one) => shapes[one as ShapeId].order !== null);
    const detail = `What records of a customer come to can be told of ${fitting.join(', ')}: choose the level customer.`;
    problems.push(problem(`${at}/level`, 'no-aggregate', detail));
  }
  if (matching && !shapesOfRole[matching].includes(shape)) {
    const detail = `Only ${shapesOfRole[matching].join(' or ')} can be "${matching}" to matching. Leave it out.`;
    problems.push(problem(`${at}/matching`, 'role-does-not-fit', detail));
  }
  if (scheme !== undefined) problems.push(...schemeProblems(scheme, shape, at));
  if (codeSet !== undefined) problems.push(...codeSetProblems(codeSet, shape, at, sets));
  return problems;
}

export function listProblems({ at, entry }: Placed<ItemListDocument>, sets: ReadonlySet<string>): ModelProblem[] {
  const { id, group, members, key, words, matching } = entry;
  const ofGroup = Object.keys(group ? (shapes[group].parts ?? {}) : {});
  const known = [...members.map((member) => member.id), ...ofGroup];
  const problems = [...idProblems(id, at)];
  members.forEach((member, index) => {
    if (member.scheme !== undefined)
      problems.push(...schemeProblems(member.scheme, member.shape, `${at}/members/${index}`));
    if (member.codeSet !== undefined)
      problems.push(...codeSetProblems(member.codeSet, member.shape, `${at}/members/${index}`, sets));
    if (known.indexOf(member.id) === index && !ofGroup.includes(member.id)) return;
    problems.push(problem(`${at}/members/${index}/id`, 'member-twice', `There is a member ${member.id} already.`));
  });
  key.forEach((member, index) => {
    if (!known.includes(member))
      problems.push(
        problem(`${at}/key/${index}`, 'unknown-member', `There is no member ${member}: ${known.join(', ')}.`),
      );
    if (key.indexOf(member) !== index)
      problems.push(problem(`${at}/key/${index}`, 'named-twice', `${member} is named here already.`));
  });
  words.forEach((template, index) => {
    const strange = membersIn(template).find((member) => (member === '*' ? !group : !known.includes(member)));
    if (strange === undefined) return;
    const detail = `There is no member "${strange}" to show; there are ${known.join(', ')}.`;
    problems.push(problem(`${at}/words/${index}`, 'unknown-member', detail));
  });
  if (matching && !tells(entry, matching)) {
    const detail =
      'A list tells matching a contact by a member that is a phone or an e-mail, an identifier by one, a place by its group.';
    problems.push(problem(`${at}/matching`, 'role-does-not-fit', detail));
  }
  return problems;
}

function schemeProblems(scheme: string, shape: string, at: string): ModelProblem[] {
  if (shape !== 'identifier')
    return [problem(`${at}/scheme`, 'scheme-does-not-fit', 'An identifier alone has a scheme. Leave it out.')];
  if (isKnownScheme(scheme)) return [];
  const detail = `There are no rules for ${scheme}: name one such as eu.vat or de.stnr, or a scheme of your own without a point.`;
  return [problem(`${at}/scheme`, 'unknown-scheme', detail)];
}

function codeSetProblems(codeSet: string, shape: string, at: string, sets: ReadonlySet<string>): ModelProblem[] {
  const path = `${at}/codeSet`;
  if (shape !== 'code')
    return [problem(path, 'code-set-does-not-fit', 'A code alone is of a set. Choose that shape, or leave it out.')];
  if (sets.has(codeSet)) return [];
  return [problem(path, 'unknown-code-set', `There is no code set ${codeSet}; there are ${[...sets].join(', ')}.`)];
}

/** What a member of a list must be for the list to tell matching that. */
const shapesOfMember: Readonly<Partial<Record<MatchingRole, readonly string[]>>> = {
  contact: ['phone', 'email'],
  identifier: ['identifier'],
  exclusiveIdentifier: ['identifier'],
};

function tells({ group, members }: ItemListDocument, role: MatchingRole): boolean {
  if (role === 'place') return group === 'address';
  const shapesOf = shapesOfMember[role] ?? [];
  return members.some(({ shape }) => shapesOf.includes(shape));
}

/** What every object has would be found where nothing was put. */
function idProblems(id: string, at: string): ModelProblem[] {
  if (!(id in {})) return [];
  return [problem(`${at}/id`, 'reserved-id', `"${id}" means something else to programs: choose another id.`)];
}
