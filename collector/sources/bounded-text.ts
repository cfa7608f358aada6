/** The longest text that is kept of a post, in UTF-16 units: 16 times what the networks allow. */
const longestText = 65_536;

/** The text, cut where it is longer than any network allows; never within a pair of surrogates. */
export function boundedText(text: string): string {
  if (text.length <= longestText) return text;
  const last = text.charCodeAt(longestText - 1);
  return text.slice(0, last >= 0xd800 && last <= 0xdbff ? longestText - 1 : longestText);
}
