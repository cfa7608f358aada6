import { hashOf } from './random.ts';
import { valueAt } from './world/subscribers.ts';
import type { Network, Page } from './world/types.ts';
import type { World } from './world/world.ts';

const columns = [
  'organisation',
  'short',
  'parent',
  'level',
  'sector',
  'municipality',
  'council',
  'members',
  'members_on',
  'tier',
  'vk',
  'telegram',
  'site',
  'chair',
  'chair_email',
  'chair_phone',
  'responsible',
  'email',
  'phone',
] as const;

function cell(value: string): string {
  return /[",\n;]/.test(value) ? `"${value.replaceAll('"', '""')}"` : value;
}

/**
 * A page's link in one of the forms in which people write them; the same page always has the same form. A name
 * that is no longer anybody's is never given.
 */
function linkOf(page: Page, instant: number): string {
  const state = valueAt(page.states, instant);
  if (state === 'deleted' || state === 'banned') {
    return `https://vk.com/club${page.id}`;
  }
  const name = valueAt(page.screenNames, instant);
  const forms = [
    `https://vk.com/${name}`,
    `vk.com/club${page.id}`,
    `https://vk.ru/${name}`,
    `@${name}`,
    `https://vk.com/public${page.id}`,
    `https://m.vk.com/${name}?from=groups`,
    `https://vk.com/${name}?utm_source=register&utm_medium=table`,
    `http://www.vk.com/${name}/`,
  ];
  return forms[hashOf('link', page.id) % forms.length] ?? `https://vk.com/club${page.id}`;
}

/** A channel's link in one of the forms in which people write them. */
function channelLinkOf(page: Page, instant: number): string {
  const name = valueAt(page.screenNames, instant);
  const forms = [
    `https://t.me/${name}`,
    `t.me/${name}`,
    `https://t.me/s/${name}`,
    `@${name}`,
    `https://telegram.me/${name}`,
  ];
  return forms[hashOf('link', page.id) % forms.length] ?? `https://t.me/${name}`;
}

/**
 * The world's organisations as a register in CSV (UTF-8, commas, one heading line), with the names that pages have
 * at the instant. Several pages stand in one cell, separated by a space.
 */
export function registerCsv(world: World, instant: Date): string {
  const names = new Map(world.organisations.map((organisation) => [organisation.id, organisation.name]));
  const rows = world.organisations.map((organisation) => {
    // A register of that day cannot know a later count.
    const today = world.calendar.dayOf(instant.getTime());
    const members = organisation.members.findLast(({ on }) => on <= today);
    const pages = world.pagesOf(organisation.id);
    const linksIn = (network: Network, link: typeof linkOf): string =>
      pages
        .filter((page) => page.network === network)
        .map((page) => link(page, instant.getTime()))
        .join(' ');
    const row: Record<(typeof columns)[number], string> = {
      organisation: organisation.name,
      short: organisation.short,
      parent: organisation.parentId === null ? '' : (names.get(organisation.parentId) ?? ''),
      level: organisation.level,
      sector: organisation.sector,
      municipality: organisation.municipality,
      council: organisation.council,
      members: members ? String(members.count) : '',
      members_on: members?.on ?? '',
      tier: organisation.tier,
      vk: linksIn('vk', linkOf),
      telegram: linksIn('telegram', channelLinkOf),
      site: '',
      chair: organisation.chair.name,
      chair_email: organisation.chair.email,
      chair_phone: organisation.chair.phone,
      responsible: organisation.responsible.name,
      email: organisation.responsible.email,
      phone: organisation.responsible.phone,
    };
    return columns.map((column) => cell(row[column])).join(',');
  });
  return `${columns.join(',')}\n${rows.join('\n')}\n`;
}
