import { expect, test } from 'vitest';
import { createBreaker } from './breaker.ts';

const minute = 60_000;

/** A breaker whose clock is moved by hand. */
function handMoved(isWaryAfterRest = false) {
  const clock = { at: 0 };
  const breaker = createBreaker<string>({ now: () => clock.at, inARow: 3, isWaryAfterRest });
  return { clock, breaker };
}

test('so many failures in a row are reason to rest, and an answer between them begins anew', () => {
  const { breaker } = handMoved();
  expect([breaker.failed(), breaker.failed()]).toEqual([false, false]);
  breaker.answered();
  expect(breaker.failures()).toBe(0);
  expect([breaker.failed(), breaker.failed(), breaker.failed()]).toEqual([false, false, true]);
  // As many again are wanted for the next rest.
  expect(breaker.failed()).toBe(false);
});

test('who is wary rests after one more failure, until something is answered', () => {
  const { breaker } = handMoved(true);
  expect([breaker.failed(), breaker.failed(), breaker.failed(), breaker.failed()]).toEqual([
    false,
    false,
    true,
    true,
  ]);
  breaker.answered();
  expect(breaker.failed()).toBe(false);
});

test('a rest ends by itself or by leave, not by an answer to a call that was under way', () => {
  const { breaker, clock } = handMoved();
  breaker.rest(minute, 'down');
  breaker.answered();
  expect(breaker.resting()).toEqual({ until: minute, failure: 'down' });
  clock.at = minute;
  expect(breaker.resting()).toBeNull();
  breaker.rest(minute, 'down again');
  breaker.failed();
  breaker.endRest();
  expect([breaker.resting(), breaker.failures()]).toEqual([null, 1]);
});
