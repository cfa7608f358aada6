/** The community whose wall it is. */
export const group = 77;
/** The instant of every answer, unless a test moves on. */
export const now = new Date('2026-03-10T12:00:00Z');
/** The same in seconds. */
export const second = now.getTime() / 1000;
/** An hour in seconds. */
export const hour = 3600;
/** Before every post. */
export const always = new Date('2007-01-01T00:00:00Z');

/** A post as far as its place in a wall goes; `date` in seconds. */
export interface Item {
  id: number;
  date: number;
}

/** A wall of posts an hour apart, the newest first and an hour ago. */
export const wallOf = (size: number, first = size): Item[] =>
  Array.from({ length: size }, (_, index) => ({ id: first - index, date: second - (index + 1) * hour }));

/** The post as VK shows it. */
export const whole = (item: Item) => ({ owner_id: -group, from_id: -group, text: '', ...item });

/** What VK answers at an offset. */
export function pageOf(
  wall: readonly Item[],
  offset: number,
  count = 100,
): { count: number; items: unknown[] } {
  return { count: wall.length, items: wall.slice(offset, offset + count).map(whole) };
}
