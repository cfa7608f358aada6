/**
 * Whether an address seems to hold a user or password with characters that end a part of an address, and would have to be
 * encoded: `/`, `?` and `#` before the `@`, or `%` before anything but two hexadecimal digits. What follows such a character would
 * be taken for a path, and what stands before it for a server's name.
 */
export function hasBarePassword(address: string): boolean {
  const rest = /^[a-z][a-z\d+.-]*:\/\/(.*)$/isu.exec(address)?.[1];
  if (rest === undefined) return false;
  const end = /[/?#]/u.exec(rest)?.index ?? rest.length;
  const at = rest.lastIndexOf('@', end);
  if (at !== -1 && /%(?![\da-f]{2})/iu.test(rest.slice(0, at))) return true;
  const after = rest.slice(end);
  // A parameter may have an @ in its value.
  const beforeParameters = /^[^?=]*\?[^?=@]+=/u.exec(after)?.[0] ?? after;
  return beforeParameters.includes('@');
}
