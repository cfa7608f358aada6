/** Windows hands a program 2,083 characters at most, and each Russian letter takes six. */
const longestLink = 2000;

/** A link that opens a letter in a mail program: lines end with both of the old signs (RFC 6068). */
function mailLink(to: string, subject: string, text: string): string {
  const encoded = (part: string) => encodeURIComponent(part.replaceAll('\n', '\r\n'));
  return `mailto:${encoded(to).replaceAll('%40', '@')}?subject=${encoded(subject)}&body=${encoded(text)}`;
}

/** The link with the first of the texts, the fullest first, that a mail program takes; else with the last of them. */
export function fittingMailLink(
  to: string,
  subject: string,
  texts: readonly string[],
): { link: string; text: string } {
  const links = texts.map((text) => ({ text, link: mailLink(to, subject, text) }));
  const fitting = links.find(({ link }) => link.length <= longestLink) ?? links.at(-1);
  return fitting ?? { text: '', link: mailLink(to, subject, '') };
}

/** «Анна Ивановна» of «Петрова Анна Ивановна»; `''` where a name is written in another way. */
export function givenName(name: string): string {
  const [family, ...given] = name.trim().split(/\s+/);
  const isWhole = family !== undefined && given.length > 0 && given.length <= 2;
  return isWhole && given.every((part) => /^\p{Lu}\p{Ll}{2,}$/u.test(part)) ? given.join(' ') : '';
}
