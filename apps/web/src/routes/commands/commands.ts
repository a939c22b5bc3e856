/** Something that can be done from anywhere: listed in the palette, and by its keys. */
export interface Command {
  id: string;
  label: string;
  /** What else people may call it. */
  words?: string;
  /** Keys one after the other, as they are named on the keyboard. */
  keys?: readonly string[];
  run: () => void;
}

/** The commands whose label or words hold each typed word, those that begin with the first one foremost. */
export function commandsFor<C extends Pick<Command, 'label' | 'words'>>(typed: string, commands: readonly C[]): C[] {
  const words = typed.toLowerCase().split(/\s+/).filter(Boolean);
  const found = commands.filter(({ label, words: more = '' }) => {
    const text = `${label} ${more}`.toLowerCase();
    return words.every((word) => text.includes(word));
  });
  const begins = ({ label }: C) => label.toLowerCase().startsWith(words[0] ?? '');
  return [...found.filter(begins), ...found.filter((command) => !begins(command))];
}
