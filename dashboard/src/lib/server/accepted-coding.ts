/** How an answer can be compressed, the better one first. */
export const codings = ['br', 'gzip'] as const;
export type Coding = (typeof codings)[number];

/** What a client takes. */
export interface Accepted {
  /** The coding it likes best of those we have; `null` when it takes none of them. */
  coding: Coding | null;
  /** Whether it takes an answer as it is, without any coding. */
  identity: boolean;
}

/**
 * Reads the header `Accept-Encoding` (RFC 9110, 12.5.3). Of codings that weigh the same the smaller one is chosen; what is
 * no weight counts as a refusal. Without the header an answer goes out as it is: who wants it compressed says so.
 */
export function acceptedCoding(header: string | null): Accepted {
  if (header === null) return { coding: null, identity: true };
  const weights = new Map<string, number>();
  for (const part of header.toLowerCase().split(',')) {
    const [name = '', ...parameters] = part.split(';').map((text) => text.trim());
    if (name !== '') weights.set(name === 'x-gzip' ? 'gzip' : name, weightOf(parameters));
  }
  const weigh = (name: string): number => weights.get(name) ?? weights.get('*') ?? 0;
  const [best] = codings
    .map((coding) => ({ coding, weight: weigh(coding) }))
    .filter(({ weight }) => weight > 0)
    .toSorted((one, other) => other.weight - one.weight);
  const identity = weights.get('identity') ?? weights.get('*') ?? 1;
  const isPreferred = best !== undefined && best.weight >= (weights.get('identity') ?? 0);
  return { coding: isPreferred || identity === 0 ? (best?.coding ?? null) : null, identity: identity > 0 };
}

function weightOf(parameters: readonly string[]): number {
  const said = parameters.find((parameter) => /^q\s*=/.test(parameter));
  if (said === undefined) return 1;
  const weight = said.replace(/^q\s*=\s*/, '');
  return /^(?:0(?:\.\d{0,3})?|1(?:\.0{0,3})?)$/.test(weight) ? Number(weight) : 0;
}
