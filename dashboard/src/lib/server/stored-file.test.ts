import { expect, test } from 'vitest';
import { storedPage } from './stored-file.ts';

test('a page of what is stored holds what somebody wrote as text alone', () => {
  const page = storedPage(
    [
      { title: 'Роли', note: '', columns: ['А'], rows: [] },
      { title: '<b>', note: '"n"', columns: ['x'], rows: [[`<script>alert('1')</script> & co`]] },
    ],
    { title: 'T<', when: 'w', none: 'нет', locale: 'ru' },
  );
  expect(page).toContain('<p>нет</p>');
  expect(page).toContain('&lt;script&gt;alert(&#39;1&#39;)&lt;/script&gt; &amp; co');
  expect(page).toContain('<h2>&lt;b&gt;</h2>');
  expect(page).not.toMatch(/<script|<b>/u);
});

test('facts have their names in the rows, and no headings above them', () => {
  const page = storedPage([{ title: 'Имя', note: '', columns: [], rows: [['Почта', 'a@example.ru']] }], {
    ...{ title: 'T', when: 'w', none: 'нет', locale: 'ru' },
  });
  expect(page).toContain('<table><tbody><tr><th>Почта</th><td>a@example.ru</td></tr></tbody></table>');
  expect(page).not.toContain('<thead>');
});
