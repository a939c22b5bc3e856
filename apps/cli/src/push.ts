import { createHash } from 'node:crypto';
import { createReadStream, openAsBlob } from 'node:fs';
import { stat } from 'node:fs/promises';
import { extname } from 'node:path';
import type { Batch, BatchAccepted, Load } from '@cinch/api-contract';
import type { Command, Given, Terminal } from './command.ts';
import { CommandError, type Hub } from './hub.ts';
import { until } from './wait.ts';

const types: Record<string, string> = {
  '.csv': 'text/csv',
  '.json': 'application/json',
  '.ndjson': 'application/x-ndjson',
  '.jsonl': 'application/x-ndjson',
};

export const push: Command = {
  usage: 'FILE --system SYSTEM [--load] [--as-of INSTANT] [--dry-run]',
  summary: 'send records of a system, and tell what became of them',
  more:
    'FILE is .ndjson (a record a line), .json (an array of records) or .csv (a header that names the paths of the mapping).\n' +
    'The same file pushed again is taken once. Speaks with the key of the system (CINCH_KEY).',
  options: {
    system: { type: 'string', help: 'code of the system whose records these are' },
    load: {
      type: 'boolean',
      help: 'these are all of its records: what is missing is flagged as old, for a person to decide',
    },
    'as-of': { type: 'string', help: 'with --load: the instant at which the file was written; default now' },
    'dry-run': { type: 'boolean', help: 'only tell what it would do; at most 500 records' },
  },
  words: [1, 1],
  async run(hub, given, terminal) {
    const [file] = given.positionals as [string];
    const system = named(given);
    const type = types[extname(file).toLowerCase()];
    if (!type) throw new CommandError(`${file} should end with .ndjson, .json or .csv: that says what it is.`);
    const there = await stat(file).catch(() => null);
    if (!there?.isFile()) throw new CommandError(`There is no file ${file}.`);
    const path = `/systems/${encodeURIComponent(system)}/records`;
    if (given.values['dry-run']) return foresee(hub, `${path}?dryRun=1`, file, type, terminal);
    return given.values['load']
      ? pushLoad(hub, { system, path, file, type, asOf: given.values['as-of'] as string | undefined }, terminal)
      : pushFile(hub, { path, file, type, keyed: '' }, terminal);
  },
};

function named({ values }: Given): string {
  if (typeof values['system'] !== 'string') throw new CommandError('Say whose records these are: --system CODE.');
  return values['system'];
}

async function foresee(hub: Hub, path: string, file: string, type: string, terminal: Terminal): Promise<boolean> {
  const headers = { 'content-type': type };
  const body = await openAsBlob(file);
  const answer = await hub.json<object>(path, { method: 'POST', as: 'system', headers, body });
  terminal.say(JSON.stringify(answer, null, 2));
  return true;
}

interface File {
  path: string;
  file: string;
  type: string;
  /** What the idempotency key depends on beside the content. */
  keyed: string;
}

async function send(hub: Hub, { path, file, type, keyed }: File, terminal: Terminal): Promise<BatchAccepted> {
  const headers = { 'content-type': type, 'idempotency-key': await keyOf(file, keyed) };
  const body = await openAsBlob(file);
  const taken = await hub.json<BatchAccepted>(path, { method: 'POST', as: 'system', headers, body });
  for (const { line, path: place, detail } of taken.rejected) terminal.note(`line ${line}, ${place}: ${detail}`);
  if (taken.unmappedColumns?.length) {
    terminal.note(`Kept, but not read by the mapping: ${taken.unmappedColumns.join(', ')}.`);
  }
  return taken;
}

async function pushFile(hub: Hub, what: File, terminal: Terminal): Promise<boolean> {
  const { batchId, rejected } = await send(hub, what, terminal);
  const read = () => hub.json<Batch>(`/batches/${batchId}`, { as: 'system' });
  const batch = await until(read, ({ waiting }) => waiting === 0);
  for (const { line, path, detail } of batch.notes) terminal.note(`line ${line}, ${path}: ${detail}`);
  const { accepted, applied, superseded, error } = batch;
  terminal.say(
    `batch ${batchId}: ${accepted} accepted, ${rejected.length} rejected; ${applied} applied, ${superseded} superseded, ${error} in the error log`,
  );
  return rejected.length + error === 0;
}

async function pushLoad(
  hub: Hub,
  { system, asOf, ...file }: Omit<File, 'keyed'> & { system: string; asOf: string | undefined },
  terminal: Terminal,
): Promise<boolean> {
  const opened = { method: 'POST', as: 'system', json: asOf === undefined ? {} : { asOf } } as const;
  const { loadId } = await hub.json<Load>(`/systems/${encodeURIComponent(system)}/loads`, opened);
  let expected: number;
  try {
    const path = `${file.path}?load=${loadId}`;
    const taken = await send(hub, { ...file, path, keyed: String(loadId) }, terminal);
    expected = taken.accepted + taken.rejected.length;
  } catch (error) {
    // Left open it would refuse the next try.
    await hub.call(`/loads/${loadId}/abort`, { method: 'POST', as: 'system', json: {} });
    throw error;
  }
  await hub.call(`/loads/${loadId}/complete`, { method: 'POST', as: 'system', json: { expected } });
  const read = () => hub.json<Load>(`/loads/${loadId}`, { as: 'system' });
  const load = await until(read, ({ state }) => state !== 'completing');
  const { accepted, rejected, applied, superseded, error, flagged } = load;
  terminal.say(
    `load ${loadId} ${load.state}: ${accepted} accepted, ${rejected} rejected; ${applied} applied, ${superseded} superseded, ` +
      `${error} in the error log; ${flagged} flagged as old`,
  );
  if (load.state !== 'swept') terminal.note(load.detail);
  return load.state === 'swept' && rejected + error === 0;
}

async function keyOf(file: string, keyed: string): Promise<string> {
  const sum = createHash('sha256').update(keyed);
  for await (const chunk of createReadStream(file)) sum.update(chunk as Buffer);
  return `cli-${sum.digest('hex')}`;
}
