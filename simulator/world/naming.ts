import type { Random } from '../random.ts';
import { branches } from '../texts/branches.ts';
import { employers, places, type Place } from '../texts/names.ts';
import type { Level } from './types.ts';

/** What an organisation is called, and where it belongs. */
export interface Naming {
  name: string;
  short: string;
  sector: string;
  council: string;
  municipality: string;
  parentId: number | null;
}

/** What is named: the level and place in the world, among how many branches. */
export interface NamingRequest {
  level: Level;
  index: number;
  branchCount: number;
}

/** The name of an organisation as unions give it. `taken`: the names given before it, none of which comes twice. */
export function nameOf(
  { level, index, branchCount }: NamingRequest,
  random: Random,
  taken: ReadonlySet<string>,
): Naming {
  const isCentral = level === 'federation' || level === 'branch';
  const town = isCentral ? 0 : random.integer(0, places.length - 1);
  const centre = { council: '', municipality: placeAt(0).municipality };
  if (level === 'federation') {
    return {
      ...centre,
      name: 'Союз «Приангарское областное объединение организаций профсоюзов»',
      short: 'Приангарское Профобъединение',
      sector: 'межотраслевая',
      parentId: null,
    };
  }
  const branchIndex = level === 'branch' ? index - 1 : random.integer(0, branchCount - 1);
  const [full, short, whose, sector] = branches[branchIndex] ?? unnamed;
  if (level === 'branch') {
    return { ...centre, name: `Приангарская областная организация ${full}`, short, sector, parentId: 1 };
  }
  const isInCouncil = random.chance(0.75);
  const at = (place: Place, name: string, called: string): Naming => ({
    name,
    short: called,
    sector,
    council: isInCouncil ? `${masculine(place.body)} координационный совет` : '',
    municipality: place.municipality,
    parentId: branchIndex + 2,
  });
  if (level === 'territorial') {
    // A union has one body in a town: the next town that has none yet.
    const bodies = places.map((_, step) => {
      const place = placeAt(town + step);
      return at(place, `${place.body} организация ${full}`, `${committeeOf(place.body)} ${whose}`);
    });
    return freeOf(bodies, index + 1, taken);
  }
  const place = placeAt(town);
  // Schools and clinics of different towns have different numbers.
  const employer = random.pick(employers).name.replace('#', String(3 + ((11 * places.indexOf(place)) % 47)));
  const [kind, letters] = level === 'primary' ? ['Первичная', 'ППО'] : ['Объединённая первичная', 'ОППО'];
  const bodies = ['', ` (${place.city})`, ` (${place.city}, ${short})`].map((rest) =>
    at(place, `${kind} профсоюзная организация «${employer}»${rest}`, `${letters} «${employer}»${rest}`),
  );
  return freeOf(bodies, index + 1, taken);
}

const unnamed = ['Профсоюза', 'Профсоюз', 'Профсоюза', 'прочее', 'prof'] as const;

function placeAt(index: number): Place {
  const place = places[index % places.length];
  if (place === undefined) throw new RangeError('There are no places.');
  return place;
}

/** «Заозёрский» of «Заозёрская районная». */
const masculine = (body: string): string => body.replace(/ая .*$/u, 'ий');

/** What people call a body: «Заозёрский райком» of «Заозёрская районная» организация. */
const committeeOf = (body: string): string =>
  `${masculine(body)} ${body.endsWith('районная') ? 'райком' : 'горком'}`;

/** The first of the bodies whose name nobody has; when all are taken, the first with a number that is its own. */
function freeOf(bodies: readonly Naming[], number: number, taken: ReadonlySet<string>): Naming {
  const free = bodies.find(({ name }) => !taken.has(name));
  if (free) return free;
  const [first] = bodies;
  if (first === undefined) throw new RangeError('There are no names.');
  return { ...first, name: `${first.name}, ${number}`, short: `${first.short}, ${number}` };
}
