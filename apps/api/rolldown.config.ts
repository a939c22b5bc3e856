import { defineConfig } from 'rolldown';

/** Only strips types and applies decorators, file by file; every package stays an import of its own. Types are checked elsewhere. */
export default defineConfig({
  input: 'src/main.ts',
  platform: 'node',
  tsconfig: 'tsconfig.json',
  external: [/^[^./]/],
  output: {
    dir: 'dist',
    format: 'esm',
    sourcemap: true,
    preserveModules: true,
    preserveModulesRoot: 'src',
    cleanDir: true,
  },
});
