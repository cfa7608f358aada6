import type { Random } from '../random.ts';
import { camps, employers, personNames, places, resorts, type Employer, type Place } from './names.ts';

/** Who and what a text names: the same wherever it names them again. */
export interface Cast {
  place: Place;
  /** Another town than the place. */
  otherPlace: Place;
  employer: Employer;
  /** An employer with workshops. */
  plant: Employer;
  person: string;
  resort: string;
  camp: string;
}

const weekdays = ['понедельник', 'вторник', 'четверг'] as const;
const withoutWorkshops = /клиника|школа|дом ремёсел|технопарк/iu;
const plants = employers.filter(({ name }) => !withoutWorkshops.test(name));

/** An employer; a school or a clinic gets its number. */
function employerFrom(random: Random, list: readonly Employer[]): Employer {
  const employer = random.pick(list);
  const number = String(random.integer(2, 49));
  const numbered = (words: string): string => words.replace('#', number);
  return { name: numbered(employer.name), whose: numbered(employer.whose), at: numbered(employer.at) };
}

/** Whom a text will name. */
export function castFrom(random: Random): Cast {
  const place = random.pick(places);
  return {
    place,
    otherPlace: random.pick(places.filter((other) => other !== place)),
    employer: employerFrom(random, employers),
    plant: employerFrom(random, plants),
    person: random.pick(personNames),
    resort: random.pick(resorts),
    camp: random.pick(camps),
  };
}

/** The form of a Russian noun that a number takes: one, few, many. */
function formOf(number: number): 0 | 1 | 2 {
  const [last, lastTwo] = [number % 10, number % 100];
  if (last === 1 && lastTwo !== 11) return 0;
  return last >= 2 && last <= 4 && (lastTwo < 12 || lastTwo > 14) ? 1 : 2;
}

/** A number, with the words that agree with it where they are given: «# год|# года|# лет». */
function agreed(number: number, forms: string | undefined): string {
  if (forms === undefined) return String(number);
  return (forms.split('|')[formOf(number)] ?? '#').replace('#', String(number));
}

/** Thousands of roubles, as people write them: «820 тыс.», «3,3 млн». */
function sumOf(thousands: number): string {
  return thousands < 1000
    ? `${thousands} тыс.`
    : `${(thousands / 1000).toLocaleString('ru', { maximumFractionDigits: 1 })} млн`;
}

const capital = (text: string): string => text.slice(0, 1).toUpperCase() + text.slice(1);

const named: Readonly<Record<string, (cast: Cast) => string>> = {
  city: ({ place }) => place.where,
  cityOf: ({ place }) => place.whose,
  cityName: ({ place }) => place.city,
  otherCityOf: ({ otherPlace }) => otherPlace.whose,
  otherCityName: ({ otherPlace }) => otherPlace.city,
  employerOf: ({ employer }) => employer.whose,
  employerAt: ({ employer }) => employer.at,
  plantOf: ({ plant }) => plant.whose,
  plantAt: ({ plant }) => plant.at,
  person: ({ person }) => person,
  resort: ({ resort }) => resort,
  camp: ({ camp }) => camp,
};

const drawn: Readonly<Record<string, (random: Random, forms: string | undefined) => string>> = {
  weekday: (random) => random.pick(weekdays),
  percent: (random, forms) => agreed(random.integer(4, 24), forms),
  // Of whatever is counted so the form is the one of «many».
  days: (random, forms) => agreed(random.integer(5, 19), forms),
  people: (random, forms) => agreed(random.integer(25, 640), forms),
  years: (random, forms) => agreed(random.integer(10, 90), forms),
  service: (random, forms) => agreed(random.integer(10, 43), forms),
  sum: (random) => sumOf(random.integer(120, 4800)),
  // Tens and hundreds of thousands: the word is the same whatever the number.
  prize: (random) => `${5 * random.integer(1, 10)} тысяч`,
  payout: (random) => `${50 * random.integer(1, 10)} тысяч`,
};

/**
 * Fills the slots of a template: `{city}`, or `{years:# год|# года|# лет}` where words agree with a number. What begins a
 * sentence has a capital. Throws `RangeError` for a slot that there is not.
 */
export function fill(template: string, random: Random, cast: Cast = castFrom(random)): string {
  const text = template.replace(
    /\{(\w+)(?::([^}]*))?\}/g,
    (_whole, slot: string, forms: string | undefined) => {
      const said = named[slot]?.(cast) ?? drawn[slot]?.(random, forms);
      if (said === undefined) throw new RangeError(`No text for the slot {${slot}}.`);
      return said;
    },
  );
  return capital(text);
}
