import { expect, test } from 'vitest';
import { isForPrograms, refusalPage } from './refusal-page.ts';

test('a refusal is a page of its own, in the language of the reader', () => {
  const page = refusalPage({ title: 'Нет', sentence: 'a < b & "c"' }, 'ru');
  expect(page).toContain('<html lang="ru">');
  expect(page).toContain('<title>Нет — ПрофПульс</title>');
  expect(page).toContain('<p>a &lt; b &amp; &quot;c&quot;</p>');
  expect(page).toContain('<a href="/">К обзору</a>');
  expect(page).not.toMatch(/<script|<style|style=/);
  expect(refusalPage({ title: 'No', sentence: '' }, 'en')).toContain('<html lang="en">');
});

test('a refusal offers to try again: a page by a link, a form with what was entered', () => {
  const page = { title: 'Нет', sentence: '' };
  expect(refusalPage({ ...page, again: { words: 'Ещё раз', to: '/silent?q="a"&b' } }, 'ru')).toContain(
    '<a href="/silent?q=&quot;a&quot;&amp;b">Ещё раз</a>',
  );
  const form = refusalPage(
    { ...page, again: { words: 'Ещё раз', to: '/silent?/pause', fields: [['reason', '"><script>']] } },
    'ru',
  );
  expect(form).toContain('<form method="POST" action="/silent?/pause">');
  expect(form).toContain('<input type="hidden" name="reason" value="&quot;&gt;&lt;script&gt;" />');
});

test('lists and probes answer programs', () => {
  const paths = ['/api', '/api/v1/posts', '/healthz', '/readyz', '/apiary', '/', '/silent', '/healthz/x'];
  expect(paths.filter(isForPrograms)).toEqual(['/api', '/api/v1/posts', '/healthz', '/readyz']);
});
