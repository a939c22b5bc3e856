import { foldText } from '../fold-text.ts';
import type { CodeSet } from '../code-sets/code-set.ts';
import { partOfSet } from '../code-sets/code-of-set.ts';
import { partOfScheme, type Scheme } from '../identifier-schemes.ts';
import { parts, type Part } from './part.ts';
import { digitsOf } from './phone.ts';
import { groupShape, type Parts, type Shape } from './shape.ts';
import { compileWords } from './item-words.ts';

/** What a member of a list's items may be. */
export const memberShapeIds = [
  'text',
  'longText',
  'code',
  'identifier',
  'flag',
  'yesNo',
  'number',
  'count',
  'date',
  'instant',
  'phone',
  'email',
] as const satisfies readonly (keyof typeof parts)[];
type MemberShapeId = (typeof memberShapeIds)[number];

interface ItemMember {
  label: string;
  shape: MemberShapeId;
  /** Of a code: the set that it is one of. */
  set?: CodeSet | undefined;
  /** Of an identifier: the rules of its scheme. */
  scheme?: Scheme | undefined;
  /** Without it an item says nothing. */
  needed?: boolean | undefined;
}

/** What the items of a list are made of. */
export interface ItemDeclaration {
  /** A group whose members the items have beside their own. */
  group?: Shape | undefined;
  members: Readonly<Record<string, ItemMember>>;
  /** The members that an item is known by. */
  key: readonly string[];
  /** How an item is told on one line; the first counts whose members are all there. */
  words?: readonly string[] | undefined;
}

/** The shape of a list's items. */
export function itemShape(declaration: ItemDeclaration): Shape {
  const { group, members } = declaration;
  const all: Parts = partsOf(declaration);
  const holds = (part: Part) => Object.values(all).includes(part);
  return groupShape(all, {
    code: 'not-an-item',
    needs: Object.keys(members).filter((name) => members[name]!.needed),
    words: compileWords(declaration, all),
    toFind: group ? null : holds(parts.phone) ? digitsOf : holds(parts.email) ? foldText : null,
  });
}

/** A member of their own stands before those of the group that they are. */
function partsOf({ group, members }: ItemDeclaration): Parts {
  const own = Object.entries(members).map(([name, { shape, set, scheme }]): [string, Part] => [
    name,
    set ? partOfSet(set) : scheme ? partOfScheme(scheme) : parts[shape],
  ]);
  return { ...Object.fromEntries(own), ...group?.parts };
}
