import js from '@eslint/js';
import svelte from 'eslint-plugin-svelte';
import globals from 'globals';
import typescript from 'typescript-eslint';
import { house } from './tests/lint/plugin.ts';

const noFocus = {
  selector: `MemberExpression[property.name=/^(only|skip|skipIf|runIf|todo|fails)$/][object.name=/^(test|it|describe|suite)$/]`,
  message: 'A test runs, always and with all others: a test that skips itself proves nothing.',
};

const clock = [
  {
    selector: 'MemberExpression[object.name="Temporal"][property.name="Now"]',
    message: 'Take the time from the `clock` that was passed in (domain/clock.ts).',
  },
  {
    selector: 'MemberExpression[object.name="performance"][property.name="timeOrigin"]',
    message: 'Take the time from the `clock` that was passed in (domain/clock.ts).',
  },
  {
    selector: 'NewExpression[callee.name="Date"][arguments.length=0]',
    message:
      'Take the time from the `clock` that was passed in (domain/clock.ts): a simulation brings its own.',
  },
  {
    selector: 'CallExpression[callee.object.name="Date"][callee.property.name="now"]',
    message:
      'Take the time from the `clock` that was passed in (domain/clock.ts): a simulation brings its own.',
  },
  {
    selector: 'CallExpression[callee.property.name=/^(set|get)(FullYear|Month|Date|Day|Hours|Minutes)$/]',
    message: 'These count in the machine’s zone. Days and weeks are the federation’s: use domain/period.ts.',
  },
];

/** Questions to the observations say in their first line what they are called. */
const named = [
  {
    selector:
      ':matches(CallExpression[callee.property.name="rows"], CallExpression[callee.name="rows"]) > TemplateLiteral.arguments:first-child > TemplateElement.quasis:first-child',
    unnamed: '[value.raw!=/^\\s*-- \\w+\\n/]',
  },
  {
    selector:
      ':matches(CallExpression[callee.property.name="rows"], CallExpression[callee.name="rows"]) > Literal.arguments:first-child',
    unnamed: '[value!=/^-- \\w+\\n/]',
  },
].map(({ selector, unnamed }) => ({
  selector: `${selector}${unnamed}`,
  message: 'Name the question in its first line (`-- queryDayCells`), after the function that asks it.',
}));

export default typescript.config(
  {
    ignores: [
      '**/node_modules/',
      '**/build/',
      '**/.svelte-kit/',
      'data/',
      'coverage/',
      '.screens/',
      'wording/paraglide/',
    ],
  },
  { linterOptions: { noInlineConfig: true, reportUnusedDisableDirectives: 'error' } },
  js.configs.recommended,
  ...typescript.configs.strict,
  ...svelte.configs.recommended,
  {
    plugins: { house },
    languageOptions: { globals: { ...globals.node } },
    rules: {
      'house/arrows': 'error',
      'house/lazy-engine': 'error',
      'house/settings-in-sql': 'error',
      'max-lines': ['error', 300],
      'no-console': 'error',
      'no-restricted-syntax': ['error', ...clock],
      'no-undef': 'off',
      '@typescript-eslint/ban-ts-comment': 'error',
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_' }],
      '@typescript-eslint/consistent-type-imports': ['error', { disallowTypeAnnotations: false }],
    },
  },
  {
    files: ['**/*.ts'],
    ignores: ['dashboard/**', '**/*.test.ts'],
    languageOptions: {
      parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname },
    },
    rules: {
      '@typescript-eslint/no-floating-promises': 'error',
      '@typescript-eslint/no-misused-promises': 'error',
      '@typescript-eslint/await-thenable': 'error',
    },
  },
  {
    files: ['**/*.svelte', '**/*.svelte.ts'],
    languageOptions: {
      globals: { ...globals.browser },
      parserOptions: { parser: typescript.parser },
    },
    rules: {
      'svelte/no-at-html-tags': 'error',
      // The dashboard is served at the root of its own origin: no link needs a base path put before it.
      'svelte/no-navigation-without-resolve': 'off',
      // Addresses are made anew from what is shown, and are no state of their own.
      'svelte/prefer-svelte-reactivity': 'off',
    },
  },
  {
    files: ['cli/**', 'server.ts', 'tests/**', 'schema/observations/write-structure.ts'],
    rules: { 'no-console': 'off' },
  },
  {
    files: ['{accounts,analytics,cli,collector,register,schema}/**/*.ts', 'dashboard/src/**/*.ts'],
    rules: { 'no-restricted-syntax': ['error', ...clock, ...named] },
  },
  {
    files: ['domain/clock.ts', 'simulator/clock.ts', '*.config.*'],
    rules: { 'no-restricted-syntax': 'off' },
  },
  // Declarations of packages without types are found by reference only.
  { files: ['**/*.d.ts'], rules: { '@typescript-eslint/triple-slash-reference': 'off' } },
  { files: ['tests/**', '**/*.test.ts'], rules: { 'no-restricted-syntax': ['error', noFocus, ...clock] } },
  { files: ['tests/clock/**'], rules: { 'no-restricted-syntax': ['error', noFocus] } },
);
