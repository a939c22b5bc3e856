#!/usr/bin/env node
import { parseArgs } from 'node:util';
import { change } from './change.ts';
import type { Command, Terminal } from './command.ts';
import { exportFile, importFile } from './files.ts';
import { CommandError, Hub, settingsOf } from './hub.ts';
import { moved } from './moved.ts';
import { push } from './push.ts';
import { apply, plan } from './refreshes.ts';
import { arm, check, key, publish, register, suggest } from './systems.ts';
import { where } from './where.ts';

const commands: Record<string, Command> = {
  register,
  key,
  suggest,
  check,
  publish,
  change,
  push,
  where,
  moved,
  plan,
  arm,
  apply,
  export: exportFile,
  import: importFile,
};

const terminal: Terminal = {
  say: (line) => void process.stdout.write(`${line}\n`),
  note: (line) => void process.stderr.write(`${line}\n`),
};

const wrongUse = 2;

/** The exit code: 0 when all went well, 1 when something has to be looked at, 2 when the command was not understood. */
async function main([name, ...words]: string[]): Promise<number> {
  if (name === undefined || name === 'help' || name === '--help' || name === '-h') {
    const [asked] = words;
    const one = asked === undefined ? undefined : commands[asked];
    terminal.say(one ? helpOf(asked!, one) : overview());
    return 0;
  }
  const command = Object.hasOwn(commands, name) ? commands[name] : undefined;
  if (!command) {
    terminal.note(`There is no command "${name}". \`cinch help\` lists them.`);
    return wrongUse;
  }
  if (words.includes('--help') || words.includes('-h')) {
    terminal.say(helpOf(name, command));
    return 0;
  }
  try {
    const options = Object.fromEntries(
      Object.entries(command.options ?? {}).map(([option, { type }]) => [option, { type }]),
    );
    const { positionals, values } = parseArgs({ args: words, options, allowPositionals: true });
    const [least, most] = command.words;
    if (positionals.length < least || positionals.length > most) {
      terminal.note(helpOf(name, command));
      return wrongUse;
    }
    const given = { positionals, values: values as Record<string, string | boolean | undefined> };
    return (await command.run(new Hub(settingsOf(process.env)), given, terminal)) ? 0 : 1;
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    if (code?.startsWith('ERR_PARSE_ARGS')) {
      terminal.note(`${message}\n\n${helpOf(name, command)}`);
      return wrongUse;
    }
    if (!(error instanceof CommandError)) throw error;
    terminal.note(message);
    return 1;
  }
}

function overview(): string {
  const names = Object.entries(commands).map(
    ([name, { usage, summary }]) => `  cinch ${name} ${usage}\n      ${summary}`,
  );
  return `cinch speaks to a Cinch hub through its public API.

${names.join('\n')}

Environment:
  CINCH_URL     address of the hub, http://127.0.0.1:3000 by default
  CINCH_TOKEN   admin token, for everything but a system's own calls
  CINCH_KEY     key of a system, for push and where

\`cinch help COMMAND\` tells more. Exit code: 0 all is well, 1 something has to be looked at, 2 wrong use.`;
}

function helpOf(name: string, { usage, summary, more, options = {} }: Command): string {
  const listed = Object.entries(options).map(([option, { type, help }]) => {
    return `  --${option}${type === 'string' ? ' …' : ''}`.padEnd(18) + help;
  });
  return [
    `cinch ${name} ${usage}`,
    `  ${summary}`,
    ...(more ? ['', more] : []),
    ...(listed.length > 0 ? ['', ...listed] : []),
  ].join('\n');
}

process.exitCode = await main(process.argv.slice(2));
