import { defineConfig } from 'rolldown';

/** Only strips types and applies decorators, file by file; every package stays an import of its own. Types are checked elsewhere. */
export default defineConfig({
  input: 'src/main.ts',
  platform: 'node',
  tsconfig: 'tsconfig.json',
  // The decorators' own helper is no package of ours: it is taken in.
  external: /^(?!@oxc-project\/runtime)[^./\0]/,
  output: {
    dir: 'dist',
    format: 'esm',
    sourcemap: true,
    preserveModules: true,
    preserveModulesRoot: 'src',
    cleanDir: true,
  },
});
