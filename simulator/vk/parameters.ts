import { VkRefusal } from './errors.ts';

/** A call's parameters as they came: texts by name. */
export type Parameters = ReadonlyMap<string, string>;

/** A whole number within bounds; error 100 otherwise. */
export function wholeNumber(
  parameters: Parameters,
  name: string,
  bounds: { default: number; from: number; to: number },
): number {
  const text = parameters.get(name);
  if (text === undefined || text === '') {
    return bounds.default;
  }
  const value = Number(text);
  if (!Number.isInteger(value)) {
    throw new VkRefusal(100, `${name} not integer`);
  }
  if (value < bounds.from) {
    throw new VkRefusal(100, `${name} should be greater or equal to ${bounds.from}`);
  }
  if (value > bounds.to) {
    throw new VkRefusal(100, `${name} should be less or equal to ${bounds.to}`);
  }
  return value;
}

/** Texts separated by commas, without empty ones. */
export function list(parameters: Parameters, name: string): string[] {
  return (parameters.get(name) ?? '')
    .split(',')
    .map((item) => item.trim())
    .filter((item) => item !== '');
}

/** A switch: `1` and `true` are on. */
export function flag(parameters: Parameters, name: string): boolean {
  return ['1', 'true'].includes(parameters.get(name) ?? '');
}
