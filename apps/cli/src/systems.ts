import { isUtf8 } from 'node:buffer';
import { open } from 'node:fs/promises';
import type { MappingCheck, MappingSuggestion, System } from '@cinch/api-contract';
import type { Command, Terminal } from './command.ts';
import { readJson } from './files.ts';
import { CommandError } from './hub.ts';

/** So much of a file is looked at, in bytes. */
const sampleBytes = 256 * 1024;

export const register: Command = {
  usage: 'SYSTEM --name NAME [--adapter URL]',
  summary: 'make a system known to the hub: it is observed, and nothing is sent to it',
  more: 'With --adapter, ADAPTER_TOKEN is the token that lets the hub in there.',
  options: {
    name: { type: 'string', help: 'as people call it' },
    adapter: { type: 'string', help: 'where the system answers the hub; without it, it cannot be refreshed' },
  },
  words: [1, 1],
  async run(hub, { positionals: [code], values }, terminal) {
    const adapter = values['adapter'] as string | undefined;
    const adapterToken = process.env['ADAPTER_TOKEN'];
    if (adapter && !adapterToken) throw new CommandError('Set ADAPTER_TOKEN to the token of the adapter.');
    const json = { code, name: values['name'] ?? code, ...(adapter && { adapterUrl: adapter, adapterToken }) };
    const system = await hub.json<System>('/systems', { method: 'POST', json });
    terminal.say(`${system.code} (${system.name}) is known; outbound is ${system.outbound}`);
    return true;
  },
};

export const key: Command = {
  usage: 'SYSTEM',
  summary: 'make a key with which the system speaks to the hub; it is shown this once',
  words: [1, 1],
  async run(hub, { positionals: [system] }, terminal) {
    const path = `/systems/${encodeURIComponent(system!)}/keys`;
    terminal.say((await hub.json<{ key: string }>(path, { method: 'POST', json: {} })).key);
    return true;
  },
};

export const suggest: Command = {
  usage: 'SYSTEM FILE.csv',
  summary: 'suggest a mapping from the columns and values of a file',
  more: 'The mapping is written to the output, what it rests on beside it. Look at it before you publish it.',
  words: [2, 2],
  async run(hub, { positionals: [system, file] }, terminal) {
    const json = { csv: await sampleOf(file!) };
    const path = `/systems/${encodeURIComponent(system!)}/mapping/suggest`;
    const { document, columns } = await hub.json<MappingSuggestion>(path, { method: 'POST', json });
    for (const { column, meaning, why } of columns) terminal.note(`${column}: ${meaning ?? 'not mapped'} (${why})`);
    terminal.say(JSON.stringify(document, null, 2));
    return document !== null;
  },
};

export const check: Command = {
  usage: 'SYSTEM MAPPING.json FILE.csv',
  summary: 'send the records of a file through a mapping in both directions, and tell what does not come back',
  words: [3, 3],
  async run(hub, { positionals: [system, mapping, file] }, terminal) {
    const json = { document: await readJson(mapping!), csv: await sampleOf(file!) };
    const path = `/systems/${encodeURIComponent(system!)}/mapping/check`;
    return tell(await hub.json<MappingCheck>(path, { method: 'POST', json }), terminal);
  },
};

export const publish: Command = {
  usage: 'SYSTEM MAPPING.json',
  summary: 'publish a mapping: from now on the records of the system are read and written by it',
  words: [2, 2],
  async run(hub, { positionals: [system, mapping] }, terminal) {
    const json = { document: await readJson(mapping!) };
    const path = `/systems/${encodeURIComponent(system!)}/mapping`;
    const { version } = await hub.json<{ version: number }>(path, { method: 'PUT', json });
    terminal.say(`mapping ${version} of ${system} is in force`);
    return true;
  },
};

export const arm: Command = {
  usage: 'SYSTEM',
  summary: 'let refreshes write into the system; needs one plan that somebody has looked at',
  words: [1, 1],
  async run(hub, { positionals: [system] }, terminal) {
    const path = `/systems/${encodeURIComponent(system!)}/outbound`;
    const { outbound } = await hub.json<System>(path, { method: 'PUT', json: { outbound: 'armed' } });
    terminal.say(`outbound of ${system} is ${outbound}`);
    return true;
  },
};

function tell(found: MappingCheck, terminal: Terminal): boolean {
  const { records, readable, faultCount, faults, standards, unreadable, inexpressible, unknownCodes } = found;
  terminal.say(`${records} records, ${readable} readable, ${faultCount} faults`);
  for (const { record, attribute, law, path, sent, got } of faults.slice(0, 20)) {
    terminal.say(`  ${record} ${attribute} ${law} ${path}: ${JSON.stringify(sent)} → ${JSON.stringify(got)}`);
  }
  for (const { attribute, rule, passes, doubted, fails } of standards.filter(
    ({ doubted, fails }) => doubted + fails > 0,
  ))
    terminal.say(`  ${attribute} (${rule}): ${passes} pass, ${doubted} doubted, ${fails} fail`);
  for (const { path, code, count } of unreadable) terminal.say(`  unreadable ${path} (${code}): ${count} times`);
  for (const { attribute, code, count } of inexpressible) {
    terminal.say(`  cannot be written ${attribute} (${code}): ${count} times`);
  }
  for (const { path, value, count } of unknownCodes) {
    terminal.say(`  unknown code ${path} ${JSON.stringify(value)}: ${count} times`);
  }
  return readable === records && faultCount + unreadable.length + unknownCodes.length === 0;
}

/** The first rows of a file, whole lines of it. */
async function sampleOf(file: string): Promise<string> {
  const handle = await open(file).catch(() => {
    throw new CommandError(`There is no file ${file}.`);
  });
  try {
    const { buffer, bytesRead } = await handle.read(Buffer.alloc(sampleBytes), 0, sampleBytes, 0);
    const read = buffer.subarray(0, bytesRead);
    const lines = bytesRead < sampleBytes ? read : read.subarray(0, read.lastIndexOf(0x0a) + 1);
    // Strict, as the hub takes a file: a replaced letter would be checked as if it was the system's.
    if (!isUtf8(lines))
      throw new CommandError(`${file} is not in UTF-8: save it as UTF-8 first, the hub takes no other.`);
    return lines.toString('utf8');
  } finally {
    await handle.close();
  }
}
