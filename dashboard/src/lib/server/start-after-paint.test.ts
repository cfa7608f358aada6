import { createHash } from 'node:crypto';
import { expect, test } from 'vitest';
import { startLater } from './start-after-paint.ts';

const page = (script: string): string => `<body><p>Текст</p><script>${script}</script>\n</body>`;
const kit =
  'import("./_app/immutable/entry/start.CpHl.js").then(async (kit) => { kit.start({ text: "$& <b>" }); });';
const hashOf = (script: string): string => `'sha256-${createHash('sha256').update(script).digest('base64')}'`;

test('the scripts of a page are asked for after its first paint, and the policy allows just that', () => {
  const later = startLater(page(`\n{ ${kit} }\n`));
  const [, script = ''] = /<script>([\s\S]*)<\/script>/.exec(later?.html ?? '') ?? [];
  expect(script).toContain("observe({ type: 'paint', buffered: true })");
  expect(script).toContain('}).then(() => import("./_app/immutable/entry/start.CpHl.js")).then(async (kit)');
  expect(script).toContain('"$& <b>"');
  expect(later?.hash).toEqual({ before: hashOf(`\n{ ${kit} }\n`), after: hashOf(script) });
  expect(later?.html.replace(/<script>[\s\S]*<\/script>/, '')).toBe('<body><p>Текст</p>\n</body>');
});

test('a page without such a script stays as it is', () => {
  expect(startLater(page('document.title = "x"'))).toBeNull();
  expect(startLater('<p>import("./entry/start.js")</p>')).toBeNull();
});
