import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';

export default defineConfig({
  plugins: [react()],
  build: {
    // Modules run in the order of their imports, whichever chunk they fall into: Zod must be told to do without eval before the
    // first schema is made.
    rolldownOptions: { output: { strictExecutionOrder: true } },
  },
  server: { proxy: { '/api': `http://127.0.0.1:${process.env['PORT'] || 3000}` } },
});
