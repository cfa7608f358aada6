import type { RequestHandler } from '@sveltejs/kit';
import english from '../../../../docs/register-sample.csv?raw';
import russian from '../../../../docs/register-sample.ru.csv?raw';

const samples = { ru: russian, en: english } as const;

/**
 * The sample register of the documents in the reader's language: a Russian Excel wants semicolons. With a byte order mark,
 * so that Excel sees the Cyrillic.
 */
export const GET: RequestHandler = ({ locals }) =>
  new Response(`\ufeff${samples[locals.preferences.locale].replace(/^\ufeff/, '')}`, {
    headers: {
      'content-type': 'text/csv; charset=utf-8',
      'content-disposition': 'attachment; filename="register-sample.csv"',
      // Who changes the language asks for another one by the same address.
      'cache-control': 'no-cache',
      vary: 'Cookie',
    },
  });
