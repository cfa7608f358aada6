import type { RequestHandler } from '@sveltejs/kit';
import sample from '../../../../docs/register-sample.csv?raw';

/** The sample register of the documents, with a byte order mark so that Excel sees the Cyrillic. */
export const GET: RequestHandler = () =>
  new Response(`\ufeff${sample.replace(/^\ufeff/, '')}`, {
    headers: {
      'content-type': 'text/csv; charset=utf-8',
      'content-disposition': 'attachment; filename="register-sample.csv"',
      'cache-control': 'public, max-age=3600',
    },
  });
