import { fileURLToPath } from 'node:url';
import { paraglideVitePlugin } from '@inlang/paraglide-js';
import adapter from '@sveltejs/adapter-node';
import { sveltekit } from '@sveltejs/kit/vite';
import { defineConfig } from 'vite';
import { contentSecurityPolicy } from './src/lib/server/security-headers.ts';

/** Absolute, so that it does not matter from where the build is started. */
const here = (path: string): string => fileURLToPath(new URL(path, import.meta.url));

export default defineConfig({
  root: here('.'),
  plugins: [
    paraglideVitePlugin({
      project: here('project.inlang'),
      outdir: here('src/lib/paraglide'),
      strategy: ['custom-profpulse', 'baseLocale'],
      emitReadme: false,
    }),
    sveltekit({
      adapter: adapter({ out: here('../build') }),
      csp: {
        // What is the same for many readers is made once, so that nothing in it is of one answer only.
        mode: 'hash',
        directives: contentSecurityPolicy,
      },
    }),
  ],
  build: { chunkSizeWarningLimit: 700 },
});
