const tails = new WeakMap<object, Promise<unknown>>();

/** Does the work after all work given before for the same owner has ended, well or not. */
export async function serialize<Result>(owner: object, work: () => Promise<Result>): Promise<Result> {
  const before = tails.get(owner) ?? Promise.resolve();
  const mine = before.then(work, work);
  tails.set(owner, mine);
  return await mine;
}
