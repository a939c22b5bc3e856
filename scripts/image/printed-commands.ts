/** What docs/install.md tells to type after a heading, line by line: `service` is the container, if the words are run in one. */
export interface PrintedCommand {
  line: string;
  verb: 'exec' | 'run' | 'stop' | 'up';
  service: string;
  words: string[];
}

/** The lines of the section that begin with `docker compose`, in their order. */
export function printedCommands(page: string, heading: string): PrintedCommand[] {
  const section = page.split(`\n${heading}\n`)[1]?.split(/\n## /)[0];
  if (section === undefined) throw new Error(`docs/install.md has no "${heading}" any more.`);
  const blocks = [...section.matchAll(/```sh\n(.*?)```/gs)].map(([, block]) => block!);
  const lines = blocks.flatMap((block) => block.split('\n')).filter((line) => line.startsWith('docker compose '));
  return lines.map((line) => {
    const [, verb, rest] = /^docker compose (exec|run|stop|up)((?: .*)?)$/.exec(line.replace(/\s+#.*$/, '')) ?? [];
    if (verb === undefined) throw new Error(`No check knows how to run this: ${line}`);
    const [service = '', ...words] = wordsOf(rest!).filter((word) => word !== '--rm' && word !== '--detach');
    return { line, verb: verb as PrintedCommand['verb'], service, words };
  });
}

/** As a shell would part them; single quotes are all that the page uses. */
function wordsOf(text: string): string[] {
  return [...text.matchAll(/(?:'[^']*'|[^\s'])+/g)].map(([word]) => word.replaceAll("'", ''));
}
