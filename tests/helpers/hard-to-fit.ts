import type { World } from '#simulator/index.ts';

/** Longer than a phone is wide, without a place to break: as machines write names, and some people. */
const word = 'Нефтегазстройпромводоканалэнергосбытремонтпрофсоюзобъединение';
const domain = 'profsoyuznaya-organizatsiya-zaozyorskogo-lesopromyshlennogo-kombinata';

/**
 * Makes a third of a world hard to fit on a screen, before it is served: names, titles, people and addresses of one long
 * word, and pages with hundreds of millions of subscribers.
 */
export function makeHardToFit(world: World): void {
  for (const [index, organisation] of world.organisations.entries()) {
    if (index % 3 !== 0) continue;
    organisation.name = `${word}${word.toLowerCase()} № ${index + 1}`;
    organisation.short = `${word}${index + 1}`;
    organisation.municipality &&= `${word}ск`;
    for (const person of [organisation.chair, organisation.responsible]) {
      if (person.name === '') continue;
      person.name = `${person.name} ${word}`;
      if (person.email !== '') person.email = `${person.email.split('@')[0]}@${domain}.example.org`;
    }
    for (const page of world.pagesOf(organisation.id)) {
      page.titles = page.titles.map(({ from }) => ({ from, value: `${word.toLowerCase()}${page.id}` }));
      page.subscribers.base = 234_567_891;
    }
  }
}
