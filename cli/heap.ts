import { setFlagsFromString } from 'node:v8';

/**
 * Keeps the heap near what lives in it: rubbish is collected when half as much again has been added. By itself V8 waits on
 * a large machine until it is four times as much, does not begin while nobody asks for anything, and so keeps for ever
 * what one busy minute took. To be called before anything large is made.
 */
export function keepHeapSmall(): void {
  setFlagsFromString('--heap-growing-percent=50');
}
