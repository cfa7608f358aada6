import { expect, test } from 'vitest';
import type { Overview } from '#analytics/overview/types.ts';
import type { PageSummary } from '#analytics/types.ts';
import { withCauseText, withLastCauseText } from './causes.ts';

const cause = 'vk:15 Access denied: wall is closed';
const russian = 'ВКонтакте ответил ошибкой 15 («Access denied: wall is closed»)';

test('causes on screens are in the reader’s language', () => {
  const view = { collection: { unread: [{ cause }] } } as unknown as Overview;
  expect(withCauseText(view, 'ru').collection.unread).toEqual([{ cause: russian }]);
  expect(withCauseText(view, 'en')).toEqual(view);
  const pages = [{ lastCause: cause }, { lastCause: '' }] as unknown as PageSummary[];
  expect(withLastCauseText(pages, 'ru').map(({ lastCause }) => lastCause)).toEqual([russian, '']);
});
