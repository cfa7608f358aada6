import type { MeasuredNetwork } from '#domain/networks.ts';
import type { PagesWithoutKey } from '#domain/networks/without-key.ts';

/** Where the screen of first steps tells how the key of a network is got. */
export function keyStepId(network: MeasuredNetwork): string {
  return `${network}-key`;
}

/** The address of that place, for the first network that pages wait for. */
export function keyStepAddress([first]: readonly PagesWithoutKey[]): string {
  return first ? `/start#${keyStepId(first.network)}` : '/start';
}
