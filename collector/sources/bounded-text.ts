/** More than any network lets a post hold; what is longer is no post's text. */
const longest = 65_536;

/** The text, cut at 65,536 UTF-16 units; a surrogate pair is never split. */
export function boundedText(text: string): string {
  if (text.length <= longest) return text;
  const last = text.charCodeAt(longest - 1);
  const isHalf = last >= 0xd800 && last <= 0xdbff;
  return text.slice(0, isHalf ? longest - 1 : longest);
}
