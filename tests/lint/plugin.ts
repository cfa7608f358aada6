import { relative, sep } from 'node:path';
import type { ESLint, Rule } from 'eslint';
import { importProblem } from './arrows.ts';

function pathFromRoot(context: Rule.RuleContext): string {
  return relative(context.cwd, context.filename).split(sep).join('/');
}

function sourceOf(node: unknown): string | null {
  const source = (node as { source?: { value?: unknown } | null }).source;
  return typeof source?.value === 'string' ? source.value : null;
}

/** Imports, types and dynamic ones included, follow the arrows of `arrows.ts`. */
const arrows: Rule.RuleModule = {
  meta: { type: 'problem', schema: [] },
  create(context) {
    const file = pathFromRoot(context);
    const check = (node: Rule.Node) => {
      const source = sourceOf(node);
      const kinds = node as { importKind?: string; exportKind?: string };
      const isType = kinds.importKind === 'type' || kinds.exportKind === 'type';
      const message = source === null ? null : importProblem(file, source, isType);
      if (message !== null) context.report({ node, message });
    };
    return {
      ImportDeclaration: check,
      ImportExpression: check,
      ExportNamedDeclaration: check,
      ExportAllDeclaration: check,
    };
  },
};

/** The engine is loaded when first connecting, never when a module is read. */
const lazyEngine: Rule.RuleModule = {
  meta: { type: 'problem', schema: [] },
  create(context) {
    return {
      ImportDeclaration(node) {
        const source = sourceOf(node) ?? '';
        const isTypeOnly = (node as { importKind?: string }).importKind === 'type';
        if (isTypeOnly || (source !== 'chdb' && !source.startsWith('chdb/'))) return;
        context.report({
          node,
          message:
            'Import chdb lazily: `await import(...)` when first connecting. The dashboard’s build reads server ' +
            'modules in a thread, and the engine takes the whole process down when the thread that loaded it ends.',
        });
      },
    };
  },
};

/** `clickhouse_settings` of one call stay on the embedded connection for good. */
const settingsInSql: Rule.RuleModule = {
  meta: { type: 'problem', schema: [] },
  create(context) {
    return {
      'Property[key.name="clickhouse_settings"], Property[key.value="clickhouse_settings"]'(node: Rule.Node) {
        context.report({
          node,
          message:
            '`clickhouse_settings` of one call stay on the embedded connection for good: after one insert with a ' +
            'deduplication token, later inserts were silently dropped. Write settings into the SQL ' +
            '(`INSERT INTO t SETTINGS ... FORMAT ...`, `SELECT ... SETTINGS ...`).',
        });
      },
    };
  },
};

/** The rules of this house, for `eslint.config.js`. */
export const house: ESLint.Plugin = {
  rules: { arrows, 'lazy-engine': lazyEngine, 'settings-in-sql': settingsInSql },
};
