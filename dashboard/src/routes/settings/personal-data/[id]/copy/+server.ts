import type { RequestHandler } from '@sveltejs/kit';
import { formatterFor } from '#wording/format.ts';
import { m } from '#wording/paraglide/messages.js';
import { accountSections, personSections } from '#lib/stored-sections.ts';
import { useServices } from '#lib/server/services.ts';
import { readStored } from '#lib/server/stored-data.ts';
import { storedPage } from '#lib/server/stored-file.ts';

/** Everything that is stored of somebody as a file: JSON for a program, or with `format=html` a page to be read. */
export const GET: RequestHandler = async ({ params, locals, url }) => {
  const read = await readStored(params['id'] ?? '', locals.reader);
  const { accounts, settings } = useServices();
  const now = accounts.clock.now();
  const isPage = url.searchParams.get('format') === 'html';
  const { locale } = locals.preferences;
  const format = formatterFor(locale, settings.zone);
  const page = (): string =>
    storedPage(
      read.kind === 'person' ? personSections(read.stored, format) : accountSections(read.stored, format),
      {
        title: read.kind === 'person' ? m.stored_person() : m.stored_account(),
        when: m.stored_on({ when: format.instant(now) }),
        none: m.stored_none(),
        locale,
      },
    );
  const data = (): string => JSON.stringify({ at: now, kind: read.kind, ...read.stored }, null, 2);
  // A name in that of a file would stand where names do not belong.
  const name = `personal-data-${read.kind}.${isPage ? 'html' : 'json'}`;
  return new Response(isPage ? page() : data(), {
    headers: {
      'content-type': isPage ? 'text/html; charset=utf-8' : 'application/json; charset=utf-8',
      'content-disposition': `attachment; filename="${name}"`,
      'cache-control': 'private, no-store',
    },
  });
};
