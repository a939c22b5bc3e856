// npm run csv-system -- FILE --system CODE --key COLUMN
import { parseArgs } from 'node:util';
import { serveCsv } from './serve-csv.ts';

const help = `Serves a CSV file as a system that the hub can refresh:

  npm run csv-system -- FILE --system CODE --key COLUMN [--port 3010] [--host 127.0.0.1] [--required COLUMN,…] [--numbers COLUMN,…]

The first line of FILE names the columns. ADAPTER_TOKEN is the token that lets the hub in: at least 16 characters, of your choice.
What the file cannot say of its rows (versions, receipts) is kept beside it, in FILE.cinch.json.`;

function words(value: string | undefined): string[] {
  return value ? value.split(',').map((word) => word.trim()) : [];
}

try {
  const options = Object.fromEntries(
    ['system', 'key', 'port', 'host', 'required', 'numbers'].map((name) => [name, { type: 'string' } as const]),
  );
  const { values, positionals } = parseArgs({ options, allowPositionals: true });
  const given = values as Record<string, string | undefined>;
  const [file] = positionals;
  const token = process.env['ADAPTER_TOKEN'] ?? '';
  const port = Number(given['port'] ?? 3010);
  if (!file || !given['system'] || !given['key'] || !Number.isInteger(port)) throw new Error(help);
  if (token.length < 16) throw new Error(`ADAPTER_TOKEN must have at least 16 characters.\n\n${help}`);
  const served = await serveCsv({
    file,
    system: given['system'],
    key: given['key'],
    required: words(given['required']),
    numbers: words(given['numbers']),
    token,
    host: given['host'] ?? '127.0.0.1',
    port,
    now: Date.now,
  });
  console.log(`${served.rows} rows of ${file} are served at ${served.url}`);
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.once(signal, () => void served.stop().then(() => process.exit(0)));
  }
} catch (error) {
  console.error((error as Error).message);
  process.exitCode = 1;
}
