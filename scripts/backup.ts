// npm run backup -- FILE
import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { dumpHub } from './backup/dump.ts';
import { withHubDatabase } from './backup/hub-database.ts';

const [file, ...more] = process.argv.slice(2);
try {
  if (!file || more.length > 0) {
    throw new Error(
      'Name the file to write: npm run backup -- cinch.backup\n' +
        'It holds the whole hub as of one instant, and the hub may go on meanwhile. It is the database of DATABASE_URL, else the one in DATA_DIR.\n' +
        'The file holds personal data and tokens: only you can read it, keep it so. The systems are not in it.',
    );
  }
  if (existsSync(file)) throw new Error(`There is a file ${file} already: choose another name.`);
  const { tables, rows, bytes, schema } = await withHubDatabase(process.env, (url) => dumpHub(url, resolve(file)), {
    make: false,
  });
  console.log(`${file}: ${rows} rows of ${tables} tables, ${bytes} bytes, schema ${schema}`);
} catch (error) {
  console.error((error as Error).message);
  process.exitCode = 1;
}
