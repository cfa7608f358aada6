import type { Observations } from '../../../schema/observations/connect.ts';
import { computeBoard } from '../ranking.ts';
import type { BoardRow } from '../ranking.ts';
import type { GlanceRow } from './query-summaries.ts';
import { askGlances } from './query-summaries.ts';
import type { AnalyticsSources } from '../../sources.ts';
import { basisOf } from './stored-ranking.ts';
import type { Period } from '../../types.ts';

/** The weeks last glanced at: nothing in them changes while they rest on the same basis. */
const glanced = new WeakMap<Observations, Map<string, Promise<GlanceRow[]>>>();
/** The running week and the last full one, on the current basis and on the one before. */
const remembered = 4;

/**
 * The ranking of an ISO week at a glance: from the store when it is there on the current basis, else computed; once for
 * each basis. In the order of the organisations' ids.
 */
export async function weekAtAGlance(sources: AnalyticsSources, week: Period): Promise<GlanceRow[]> {
  const basis = await basisOf(sources);
  const known = glanced.get(sources.observations) ?? new Map<string, Promise<GlanceRow[]>>();
  glanced.set(sources.observations, known);
  const key = `${week.from} ${basis}`;
  const found = known.get(key);
  if (found) return await found;
  const glances = readWeek(sources, week, basis);
  known.set(key, glances);
  for (const oldest of [...known.keys()].slice(0, -remembered)) known.delete(oldest);
  try {
    return await glances;
  } catch (error) {
    known.delete(key);
    throw error;
  }
}

async function readWeek(sources: AnalyticsSources, week: Period, basis: string): Promise<GlanceRow[]> {
  const stored = await askGlances(sources.observations, { unit: 'week', from: week.from, basis });
  if (stored) return stored;
  const { rows } = await computeBoard(sources, week);
  return rows.map(glanceOf).sort((one, other) => one.row.organisation.id - other.row.organisation.id);
}

const unknown = { frequency: null, regularity: null, reach: null, engagement: null, growth: null };

/** A computed row in the shape in which the engine takes it out of the store. */
function glanceOf({ row, previous, before }: BoardRow): GlanceRow {
  const { id, name, short, tier } = row.organisation;
  return {
    row: {
      organisation: { id, name, short, tier },
      league: row.league ?? { id: '', name: '' },
      place: row.place,
      placeTo: row.placeTo,
      placeOf: row.placeOf,
      movement: row.movement,
      index: row.index,
      components: row.components,
      status: row.status,
      statusReason: row.statusReason ?? '',
      daysSilent: row.daysSilent,
      posts: row.posts,
      subscribers: row.subscribers,
      growth: row.growth,
      growthPercent: row.growthPercent,
      weeks: row.weeks,
      pages: row.pages.map(({ lastPost }) => ({ lastPost })),
    },
    previous: { all: { status: previous?.all?.status ?? '' } },
    before: before ?? { place: null, placeTo: null, index: null, components: unknown },
  };
}
