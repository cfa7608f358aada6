import { listPages } from '#schema/operations/pages.ts';
import type { Services } from '../services.ts';
import type { Finding, Words } from './findings.ts';

/**
 * Whether anything was read yet, of the pages that the networks set up are to read. Nothing where there are none: what
 * is missing then is said elsewhere.
 */
export async function checkRead(
  { operations, sources }: Pick<Services, 'operations' | 'sources'>,
  words: Words,
): Promise<Finding[]> {
  const networks = new Set<string>(sources.map(({ network }) => network));
  const pages = (await listPages(operations)).filter(({ network }) => networks.has(network));
  if (pages.length === 0 || pages.some(({ lastSuccess }) => lastSuccess !== null)) return [];
  return [
    {
      level: 'look',
      text: words(
        'Ни одна страница ещё не прочитана. Запустите npm start или npm run profpulse -- collect.',
        'No page has been read yet. Run npm start, or npm run profpulse -- collect.',
      ),
      gist: words('ещё ничего не прочитано', 'nothing has been read yet'),
    },
  ];
}
