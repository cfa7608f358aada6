/** The most UTF-16 units of a text that are kept: far beyond what any network lets a post have. */
export const longestText = 65_536;

/** The text, cut at `longestText` units, never within a surrogate pair. */
export function boundedText(text: string): string {
  if (text.length <= longestText) return text;
  const last = text.charCodeAt(longestText - 1);
  const splitsPair = last >= 0xd800 && last <= 0xdbff;
  // A slice of a huge text would keep the whole of it in memory.
  return Buffer.from(text.slice(0, splitsPair ? longestText - 1 : longestText), 'utf16le').toString(
    'utf16le',
  );
}
