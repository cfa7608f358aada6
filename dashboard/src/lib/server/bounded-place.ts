/** The longest address that somebody is led to, in bytes: the headers of an answer stay far below what browsers and proxies take. */
export const mostPlaceBytes = 4_000;

/**
 * A place that somebody is led to; where it is longer than an answer can carry, without its query, or the overview when its path
 * is.
 */
export function boundedPlace(place: string): string {
  if (Buffer.byteLength(place) <= mostPlaceBytes) return place;
  const [path = '/'] = place.split(/[?#]/, 1);
  return Buffer.byteLength(path) <= mostPlaceBytes ? path : '/';
}
