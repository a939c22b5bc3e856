import type { Json } from '@cinch/system-adapter';
import type { FormField } from '@cinch/system-adapter/reference-system';
import { itemKeys, itemMembers, itemsOf } from './items.ts';
import type { ItemList } from './list-rules.ts';

/** Products and rights as the page edits them: one a line, its members between bars. */
export function itemLines(label: string, list: ItemList, held: Json | undefined): FormField {
  const members = itemMembers[list];
  return {
    label,
    path: list,
    isLines: true,
    hint: `One a line: ${members.join(' | ')}.`,
    show: (value) =>
      itemsOf(value)
        .map((item) => members.map((member) => item[member] ?? '').join(' | '))
        .join('\n'),
    parse: (text) =>
      text
        .split(/\r?\n/)
        .filter((line) => line.trim() !== '')
        .map((line): Json => {
          const cells = line.split('|').map((cell) => cell.trim() || null);
          // What is no item goes as it was typed, for the rule to refuse in words.
          if (cells.length > members.length) return line;
          const typed = Object.fromEntries(members.map((member, index) => [member, cells[index] ?? null]));
          const before = itemsOf(held).find((item) => itemKeys[list].every((member) => item[member] === typed[member]));
          // Members that the page does not show stay with their item.
          return { ...before, ...typed };
        }),
  };
}
