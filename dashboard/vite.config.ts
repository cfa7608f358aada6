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
      project: here('../wording/project.inlang'),
      outdir: here('../wording/paraglide'),
      strategy: ['custom-profpulse', 'baseLocale'],
      emitReadme: false,
    }),
    sveltekit({
      adapter: adapter({ out: here('../build') }),
      // Styles come with the page: a file of their own is one more way to the server and back before anything is seen.
      inlineStyleThreshold: 64 * 1024,
      csp: {
        // What is the same for many readers is made once, so that nothing in it is of one answer only.
        mode: 'hash',
        directives: contentSecurityPolicy,
      },
    }),
  ],
  environments: {
    client: {
      build: {
        rolldownOptions: {
          output: {
            codeSplitting: {
              groups: [
                // What several pages share comes as one file: each of thirty small ones costs a way to the server and back.
                { name: 'shared', minShareCount: 2, test: /^(?!.*(?:node_modules.chart\.js|chart-library))/ },
              ],
            },
          },
        },
      },
    },
  },
  build: { chunkSizeWarningLimit: 700 },
});
