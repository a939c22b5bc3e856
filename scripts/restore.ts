// npm run restore -- FILE
import { resolve } from 'node:path';
import { withHubDatabase } from './backup/hub-database.ts';
import { restoreHub } from './backup/load.ts';

const [file, ...more] = process.argv.slice(2);
try {
  if (!file || more.length > 0) {
    throw new Error(
      'Name the backup: npm run restore -- cinch.backup\n' +
        'It goes into an empty database only: that of DATABASE_URL, else a new one in DATA_DIR.',
    );
  }
  const { tables, rows, takenAt } = await withHubDatabase(process.env, (url) => restoreHub(url, resolve(file)), {
    make: true,
  });
  console.log(`${rows} rows of ${tables} tables are restored, as of ${takenAt}.`);
  console.log(
    'The hub that starts on it hears, and sends nothing. When it runs: start a refresh that stops at its plan for each system, look at the\n' +
      'plan, and let the hub go: PUT /api/v1/outbound {"outbound": "on", "reason": "…"}. docs/install.md tells more.',
  );
} catch (error) {
  console.error((error as Error).message);
  process.exitCode = 1;
}
