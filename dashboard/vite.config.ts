import { fileURLToPath } from 'node:url';
import { paraglideVitePlugin } from '@inlang/paraglide-js';
import adapter from '@sveltejs/adapter-node';
import { sveltekit } from '@sveltejs/kit/vite';
import { defineConfig } from 'vite';
import { contentSecurityPolicy } from './src/lib/server/security-headers.ts';

/** Absolute, so that it does not matter from where the build is started. */
const here = (path: string): string => fileURLToPath(new URL(path, import.meta.url));

/**
 * Modules that go into the one file of all pages once two screens use them: each is also shown by links, which makes three. The library of charts is loaded when a chart is
 * near; the forms of edits, with the letters they write, are for the two screens that open them.
 */
const sharedByMost =
  /^(?!.*(?:node_modules.chart\.js|chart-library|lib.forms.\w+Form\.|lib.forms.ContactsFields|wording.(?:letter|mail-link)|lib.accounts|accounts.(?:lengths|problems)|messages.(?:letter|silent|account|people|role|token|share|settings|openness|factor|reset|login|invitation|claim|environment|names|stored|data|erase)_))/;

/** What pages of accounts and settings share, which most readers never open. */
const ofAccounts =
  /lib.accounts|accounts.(?:lengths|problems)|messages.(?:account|people|role|token|share|settings|openness|factor|reset|login|invitation|claim|environment|names|stored|data|erase)_/;

/** What the frame of all pages says, with one page beside it. */
const ofFrame = /messages.(?:(?:nav|app|error|demo)_|collecting)/;

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
                { name: 'shared', minShareCount: 3, test: sharedByMost, priority: 3 },
                { name: 'accounts', minShareCount: 2, test: ofAccounts, priority: 2 },
                { name: 'frame', minShareCount: 2, test: ofFrame, priority: 1 },
              ],
            },
          },
        },
      },
    },
  },
  build: { chunkSizeWarningLimit: 700 },
});
