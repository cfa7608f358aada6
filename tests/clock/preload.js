/*
 * Shifts the machine's time in this process, or in this window of a browser: `Date` is ahead by so many milliseconds, as
 * if the whole machine's clock were. Plain JavaScript, since every Node and a browser read it.
 */
{
  const ahead = Number(globalThis.process?.env.TEST_CLOCK_AHEAD ?? globalThis.testClockAhead ?? 0);
  const Machine = globalThis.Date;
  const now = () => Machine.now() + ahead;
  if (ahead !== 0) {
    globalThis.Date = new Proxy(Machine, {
      apply: () => new Machine(now()).toString(),
      construct: (target, given, made) =>
        Reflect.construct(
          target,
          given.length === 0 ? [now()] : given,
          made === globalThis.Date ? target : made,
        ),
      get: (target, name) => (name === 'now' ? now : Reflect.get(target, name)),
    });
    Machine.prototype.constructor = globalThis.Date;
  }
}
