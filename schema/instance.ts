import { randomUUID } from 'node:crypto';
import type { Observations } from './observations/connect.ts';
import { readInstanceId, writeInstanceId } from './observations/tables/instance.ts';
import type { Operations } from './operations/connect.ts';
import type { Page } from './operations/pages.ts';
import { listPages } from './operations/pages.ts';
import { getSetting, keepSetting, setSetting } from './operations/settings.ts';
import type { StorePlaces } from './stores-apart.ts';
import { StoresApart } from './stores-apart.ts';

/** `instance` is what both stores carry; `instance.offered` what is being given to them, so that a cut is no riddle. */
const idKey = 'instance';
const offeredKey = 'instance.offered';

/** How the stores came to agree: they did already, both were given an id, or one of them was. */
export type Agreement = 'same' | 'new' | 'observations_marked' | 'operations_marked';

/**
 * Makes sure that both stores are one instance's, before anything else is done with them: both carry its id, and stores
 * that carry none are given one. What does not belong together is refused with `StoresApart`, and nothing is changed:
 *
 * - two ids, or observations without one that hold rows while the register has one;
 * - observations of pages that the register does not have, or has as other pages (it is new, or imported anew).
 *
 * Empty observations beside a register with an id were lost, or set aside: they get the id.
 */
export async function agreeOnInstance(
  operations: Operations,
  observations: Observations,
  about: { places: StorePlaces; locale: 'ru' | 'en'; now: Date },
): Promise<Agreement> {
  const { places, locale, now } = about;
  const own = (await getSetting<string>(operations, idKey)) ?? null;
  const offered = (await getSetting<string>(operations, offeredKey)) ?? null;
  const theirs = await readInstanceId(observations);
  if (own !== null && theirs !== null) {
    if (own !== theirs) throw new StoresApart('other_instance', places, locale);
    return 'same';
  }
  if (own !== null) {
    const isKnown = (await isEmpty(observations)) || (await isOf(operations, observations)) === 'agrees';
    if (!isKnown) throw new StoresApart('observations_unknown', places, locale);
    await writeInstanceId(observations, own, now);
    return 'observations_marked';
  }
  if (theirs !== null) {
    // What was being given when the process ended; or a register of before there were ids, whose pages are these.
    const isKnown = offered === theirs || (await isOf(operations, observations)) !== 'contradicts';
    if (!isKnown) throw new StoresApart('operations_new', places, locale);
    await setSetting(operations, idKey, theirs);
    return 'operations_marked';
  }
  if ((await isOf(operations, observations)) === 'contradicts') {
    throw new StoresApart('operations_new', places, locale);
  }
  // Kept once: of two processes that start together both get the first one's.
  const id = await keepSetting(operations, offeredKey, randomUUID());
  await writeInstanceId(observations, id, now);
  await setSetting(operations, idKey, id);
  return 'new';
}

async function isEmpty({ rows, tables }: Observations): Promise<boolean> {
  const names = ['posts', 'outcomes', 'subscribers', 'runs', 'pages'] as const;
  const found = await rows<{ one: number }>(
    `-- isEmpty
       SELECT 1 AS one FROM (${names.map((name) => `(SELECT 1 FROM ${tables[name]} LIMIT 1)`).join(' UNION ALL ')}) LIMIT 1`,
  );
  return found.length === 0;
}

interface ObservedPage {
  page_id: number;
  network: string;
  native_id: number;
  name: string;
  url: string;
}

/**
 * Whether the pages that the observations hold are those of the register: by the network's own ids where both know them,
 * else by names and addresses. Some may differ (a register restored from an older copy lacks the newest), most may not.
 */
async function isOf(
  operations: Operations,
  { rows, tables }: Observations,
): Promise<'agrees' | 'contradicts' | 'unknown'> {
  const observed = await rows<ObservedPage>(
    `-- isOf
       SELECT seen.page_id AS page_id, copy.network AS network, copy.native_id AS native_id, copy.name AS name, copy.url AS url
     FROM (
       SELECT DISTINCT page_id FROM ${tables.posts}
       UNION DISTINCT SELECT DISTINCT page_id FROM ${tables.outcomes}
       UNION DISTINCT SELECT DISTINCT page_id FROM ${tables.pages} FINAL WHERE is_deleted = 0
     ) AS seen
     LEFT JOIN (SELECT page_id, network, native_id, name, url FROM ${tables.pages} FINAL) AS copy
       ON copy.page_id = seen.page_id`,
  );
  const pages = new Map((await listPages(operations, { removed: true })).map((page) => [page.id, page]));
  const verdicts = observed.map((each) => isSamePage(each, pages.get(each.page_id)));
  const same = verdicts.filter((verdict) => verdict === true).length;
  const other = verdicts.filter((verdict) => verdict === false).length;
  if (other > same) return 'contradicts';
  return same > 0 ? 'agrees' : 'unknown';
}

/** `null`: it cannot be said. */
function isSamePage(observed: ObservedPage, page: Page | undefined): boolean | null {
  if (!page) return false;
  if (observed.network === '') return null;
  if (observed.network !== page.network) return false;
  if (observed.native_id !== 0 && page.nativeId !== null) return observed.native_id === page.nativeId;
  if (observed.name !== '' && page.name !== null) {
    return observed.name.toLowerCase() === page.name.toLowerCase();
  }
  return observed.url === page.link ? true : null;
}
