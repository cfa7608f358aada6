import { expect, test } from 'vitest';
import { addressOfView, readSharedView } from './shared-view.ts';

const origin = 'https://pulse.example.ru';
const read = (entered: string) => readSharedView(entered, origin);

test('the address of a screen is kept as far as it says what is shown', () => {
  const addresses: [string, string][] = [
    ['/', '/'],
    ['/?posts=32&done=5', '/'],
    [`${origin}/ranking`, '/ranking'],
    [
      ' /ranking?from=2026-03-02&to=2026-03-08&open=7&page=3&lang=en ',
      '/ranking?from=2026-03-02&to=2026-03-08',
    ],
    ['/ranking?period=month&network=vk&sort=posts&other=1', '/ranking?period=month&network=vk&sort=posts'],
    ['/silent?view=people&sort=person&form=remind-7&group=silent&page=2', '/silent?group=silent'],
    ['/silent?view=pages&done=4', '/silent?view=pages'],
    [
      '/organisations/12?from=2026-03-02&to=2026-03-08&network=vk&form=pause-12',
      '/organisations/12?from=2026-03-02&to=2026-03-08',
    ],
    ['/organisations/12?period=year', '/organisations/12?period=year'],
  ];
  for (const [entered, kept] of addresses) {
    const view = read(entered);
    expect([entered, view && addressOfView(view)]).toEqual([entered, kept]);
    expect(view && read(addressOfView(view))).toEqual(view);
  }
});

test('what is no screen of this dashboard, or cannot be shared, is none', () => {
  for (const wrong of [
    '',
    ' ',
    'https://vk.com/ranking',
    '//vk.com/ranking',
    'javascript:alert(1)',
    '/settings/people',
    '/start',
    '/ranking/',
    '/organisations/0',
    '/organisations/12x',
    '/organisations/99999999999',
    '/share/abc',
    '/api/v1/leaderboard',
    '/ranking?from=2026-03-02',
    '/ranking?from=2026-02-30&to=2026-03-08',
    `/ranking?search=${'щ'.repeat(200)}&sector=${'щ'.repeat(300)}`,
  ])
    expect([wrong, read(wrong)]).toEqual([wrong, null]);
});
