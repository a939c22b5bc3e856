import type { Json } from '../../json.ts';
import type { ItemDeclaration } from './item.ts';
import type { Parts } from './shape.ts';

type Item = { readonly [member: string]: Json | undefined };
/** What a piece of a template makes of an item; null where it names a member that is not there. */
type Piece = (item: Item) => string | null;

/** What stands in braces is a member (`*`: what the group shows), what stands in brackets is left out where its member is not there. */
const pieceForm = /\[([^\]]*)\]|\{([\w*]+)\}/g;

/** How items are told on one line. A list without templates tells what it is known by, then the rest with its labels. */
export function compileWords(declaration: ItemDeclaration, parts: Parts): (value: Json) => string {
  const templates = (declaration.words ?? []).map((template) => compileTemplate(template, declaration, parts));
  return (value) => {
    const item = value as Item;
    for (const template of templates) {
      const words = template(item);
      if (words !== null) return words;
    }
    return plainWords(item, declaration, parts);
  };
}

/** The members that a template names. */
export function membersIn(template: string): string[] {
  return [...template.matchAll(/\{([^}]*)\}/g)].map(([, member]) => member!);
}

function compileTemplate(template: string, declaration: ItemDeclaration, parts: Parts): Piece {
  const pieces: Piece[] = [];
  let end = 0;
  for (const found of template.matchAll(pieceForm)) {
    const [all, optional, member] = found;
    const before = template.slice(end, found.index);
    if (before !== '') pieces.push(() => before);
    end = found.index + all.length;
    if (member !== undefined) pieces.push((item) => wordsOf(member, item, declaration, parts));
    else {
      const inner = compileTemplate(optional!, declaration, parts);
      pieces.push((item) => inner(item) ?? '');
    }
  }
  const rest = template.slice(end);
  if (rest !== '') pieces.push(() => rest);
  return (item) => {
    let words = '';
    for (const piece of pieces) {
      const said = piece(item);
      if (said === null) return null;
      words += said;
    }
    return words;
  };
}

function wordsOf(member: string, item: Item, { group, members }: ItemDeclaration, parts: Parts): string | null {
  if (member === '*') return group ? group.words(item as Json) : null;
  const content = item[member];
  if (content === undefined || content === null || content === '') return null;
  return parts[member]?.words(content, members[member]?.label ?? member) ?? String(content);
}

function plainWords(item: Item, declaration: ItemDeclaration, parts: Parts): string {
  const { group, members, key } = declaration;
  const said = (member: string) => wordsOf(member, item, declaration, parts);
  const own = Object.keys(members);
  const head = group ? [said('*')] : own.filter((member) => key.includes(member)).map(said);
  const rest = own
    .filter((member) => group !== undefined || !key.includes(member))
    .flatMap((member) => {
      const words = said(member);
      return words === null ? [] : members[member]!.shape === 'flag' ? words : `${members[member]!.label} ${words}`;
    });
  const first = head.filter((words) => words !== null && words !== '').join(', ');
  if (rest.length === 0) return first;
  return first === '' ? rest.join(', ') : `${first} (${rest.join(', ')})`;
}
