import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { brotliCompressSync, constants, gzipSync } from 'node:zlib';
import react from '@vitejs/plugin-react';
import { defineConfig, type Plugin } from 'vite';

/** What is smaller gains nothing that its header would not take. */
const leastBytes = 1024;

/** Beside each asset the same packed, as the hub serves it to whoever takes that (`apps/api/src/http/console`). */
const packAssets: Plugin = {
  name: 'pack-assets',
  apply: 'build',
  writeBundle({ dir }, files) {
    for (const file of Object.values(files)) {
      const bytes = Buffer.from(file.type === 'chunk' ? file.code : file.source);
      if (!/\.(js|css|svg)$/.test(file.fileName) || bytes.length < leastBytes) continue;
      const at = join(dir!, file.fileName);
      writeFileSync(`${at}.br`, brotliCompressSync(bytes, { params: { [constants.BROTLI_PARAM_QUALITY]: 11 } }));
      writeFileSync(`${at}.gz`, gzipSync(bytes, { level: 9 }));
    }
  },
};

/** What every page needs. */
const first = { name: 'first', tags: ['$initial' as const], priority: 2 };

/** Log-in and overview, with all that they need besides: nobody gets by them. */
const start = { name: 'start', test: /features[\\/](overview|session)[\\/]/, priority: 1 };

/** What several pages need, by which of them need it; what would be a small file goes with its like, since a request costs more than it. */
const shared = { name: 'shared', minShareCount: 2, entriesAware: true, entriesAwareMergeThreshold: 8_000 };

export default defineConfig({
  plugins: [react(), packAssets],
  build: {
    // Modules run in the order of their imports, whichever chunk they fall into: Zod must be told to do without eval before the
    // first schema is made.
    rolldownOptions: {
      output: {
        strictExecutionOrder: true,
        codeSplitting: { groups: [first, start, shared] },
      },
    },
  },
  server: { proxy: { '/api': `http://127.0.0.1:${process.env['PORT'] || 3000}` } },
});
