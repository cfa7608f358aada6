import type { OfferedPerson } from './server/edit-forms.ts';
import { m } from '#wording/paraglide/messages.js';

/**
 * The people a form offers, chairs first, each once. Where a name repeats, it stands with the person's organisation, else
 * with a phone or an address, so that no two are told apart by guessing.
 */
export function offeredLabel(
  chair: readonly { id: number }[],
  everybody: readonly OfferedPerson[],
): { id: number; words: string }[] {
  const isChair = ({ id }: { id: number }) => chair.some((each) => each.id === id);
  const ordered = [...everybody.filter(isChair), ...everybody.filter((person) => !isChair(person))];
  const names = countsOf(ordered.map(({ name }) => name));
  const detailed = countsOf(ordered.map(({ name, organisation }) => `${name}, ${organisation}`));
  return ordered.map((person) => {
    const { id, name, organisation, phone, email } = person;
    const isRepeated = (names.get(name) ?? 0) > 1;
    const isTold = organisation !== '' && detailed.get(`${name}, ${organisation}`) === 1;
    const details = isTold ? [organisation] : [organisation, phone || email];
    const words = [name, ...(isRepeated ? details.filter(Boolean) : [])].join(', ');
    return { id, words: isChair(person) ? m.silent_appoint_chair({ name: words }) : words };
  });
}

function countsOf(texts: readonly string[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const text of texts) counts.set(text, (counts.get(text) ?? 0) + 1);
  return counts;
}
