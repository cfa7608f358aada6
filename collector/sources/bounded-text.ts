/** The most characters (UTF-16 units) that are kept of a text: no network lets its posts have as many. */
const mostCharacters = 65_536;

/** The text, cut at 65,536 characters where it is longer; a surrogate pair is not split. */
export function boundedText(text: string): string {
  if (text.length <= mostCharacters) return text;
  const last = text.charCodeAt(mostCharacters - 1);
  const isSplit = last >= 0xd800 && last <= 0xdbff;
  return text.slice(0, isSplit ? mostCharacters - 1 : mostCharacters);
}
