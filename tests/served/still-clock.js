/*
 * Lets the present stand still for the product in this process: `new Date()` is always TEST_STILL. `Date.now()` runs on from
 * there, since what paces requests measures by it. Plain JavaScript, since every Node reads it.
 */
{
  const still = Number(globalThis.process.env.TEST_STILL);
  const Machine = globalThis.Date;
  const began = Machine.now();
  const now = () => still + (Machine.now() - began);
  globalThis.Date = new Proxy(Machine, {
    apply: () => new Machine(still).toString(),
    construct: (target, given, made) =>
      Reflect.construct(
        target,
        given.length === 0 ? [still] : given,
        made === globalThis.Date ? target : made,
      ),
    get: (target, name) => (name === 'now' ? now : Reflect.get(target, name)),
  });
  Machine.prototype.constructor = globalThis.Date;
}
