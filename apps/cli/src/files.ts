import { createWriteStream } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { ConfigurationChanges, Reach } from '@cinch/api-contract';
import type { Command, Terminal } from './command.ts';
import { CommandError } from './hub.ts';

const exports: Record<string, string> = { configuration: '/configuration', crosswalk: '/crosswalk' };

export const exportFile: Command = {
  usage: 'configuration|crosswalk [FILE]',
  summary: 'write what was set up (JSON), or which record is of which customer (NDJSON)',
  more: 'Without FILE it goes to the output. The configuration holds no secrets: it may be kept under version control.',
  words: [1, 2],
  async run(hub, { positionals: [what, file] }, terminal) {
    const path = exports[what!];
    if (!path) throw new CommandError(`"${what}" cannot be exported: ${Object.keys(exports).join(' and ')} can.`);
    const response = await hub.call(path);
    if (what === 'configuration') {
      const text = `${JSON.stringify(await response.json(), null, 2)}\n`;
      if (file) await pipeline(Readable.from([text]), createWriteStream(file));
      else terminal.say(text.trimEnd());
    } else {
      const stream = Readable.fromWeb(response.body! as Parameters<typeof Readable.fromWeb>[0]);
      await pipeline(stream, file ? createWriteStream(file) : process.stdout, { end: file !== undefined });
    }
    if (file) terminal.note(`${file} is written`);
    return true;
  },
};

export const importFile: Command = {
  usage: 'FILE [--dry-run] [--count N]',
  summary: 'bring the hub to an exported configuration, and name what differs',
  more: 'Systems that the file does not name stay as they are; new ones only observe until they are armed.',
  options: {
    'dry-run': { type: 'boolean', help: 'only name what differs' },
    count: { type: 'string', help: 'how many customers it changes, as the dry run says; needed beyond five' },
    reason: { type: 'string', help: 'why, for whoever reads the history' },
  },
  words: [1, 1],
  async run(hub, { positionals: [file], values }, terminal) {
    const document = await readJson(file!);
    const json = {
      ...document,
      ...(values['reason'] !== undefined && { reason: values['reason'] }),
      ...(values['count'] !== undefined && { count: Number(values['count']) }),
    };
    const query = values['dry-run'] ? '?dryRun=1' : '';
    const changes = await hub.json<ConfigurationChanges>(`/configuration${query}`, { method: 'PUT', json });
    for (const { path, from, to } of changes.differences) {
      terminal.say(
        `${path}: ${from === undefined ? '' : `${JSON.stringify(from)} → `}${JSON.stringify(to) ?? 'changed'}`,
      );
    }
    terminal.say(
      changes.count === 0
        ? 'nothing differs'
        : `${changes.count} differences ${changes.dryRun ? 'found' : 'put right'}`,
    );
    sayReach(changes.reach, terminal);
    return true;
  },
};

/** How many customers change, and how many rows; nothing where none does. */
export function sayReach({ count, customers, systems }: Reach, terminal: Terminal): void {
  if (count === 0) return;
  const rows = systems.map((one) => `${one.rows} rows and ${one.made} new ones of ${one.system}`).join(', ');
  terminal.say(`${count} of ${customers} customers change${rows && `: ${rows}`}`);
}

export async function readJson(file: string): Promise<Record<string, unknown>> {
  const text = await readFile(file, 'utf8').catch(() => {
    throw new CommandError(`There is no file ${file}.`);
  });
  try {
    return JSON.parse(text) as Record<string, unknown>;
  } catch (error) {
    throw new CommandError(`${file} is no JSON: ${(error as Error).message}`);
  }
}
